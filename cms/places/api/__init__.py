"""The read API of places."""
