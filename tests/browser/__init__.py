"""Journeys in real Chromium against a server of its own that holds the demo network. Run by `make test-browser`."""
