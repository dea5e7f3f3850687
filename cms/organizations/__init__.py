"""Organizations as editorial pages."""
