"""Memberships: who belongs to which entry in which role, and how people come in and go. Features build on it.

Its nouns are membership, team, request, consent, invitation, join policy and verification. It knows entries, never
pages, and nothing of the features above it: they ask `permissions` and `selectors`, and listen to `events`.
"""
