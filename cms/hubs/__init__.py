"""Hubs: the front pages of places, sectors and communities, with their own theme."""
