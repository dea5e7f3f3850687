"""The read API of stories."""
