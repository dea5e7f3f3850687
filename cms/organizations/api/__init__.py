"""The read API of organizations."""
