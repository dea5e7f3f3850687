"""Accounts: the user, sign-in, tokens."""
