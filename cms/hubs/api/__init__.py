"""The read API of hubs."""
