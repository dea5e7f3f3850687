"""Memberships: who belongs to which entry in which role, and how people come in and go. Features build on it."""
