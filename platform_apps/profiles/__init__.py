"""Profiles: what people show of themselves, to whom, and how they are found. It knows no memberships, only circles."""
