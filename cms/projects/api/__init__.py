"""The read API of projects."""
