"""Search and suggestions for programs."""
