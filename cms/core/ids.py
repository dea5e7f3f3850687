import uuid


def as_uuid(text: str) -> uuid.UUID | None:
    """Return the id that a text is in its one canonical spelling, else None."""
    try:
        value = uuid.UUID(text)
    except ValueError:
        return None
    return value if str(value) == text.lower() else None
