"""Project showcases as editorial pages."""
