import hashlib

from django.utils.text import slugify

# Stands in the address of a drawing that belongs to no sector.
NO_SECTOR = "any"
LONGEST_SLUG = 100


def art_slug(title: str) -> str:
    """Return what a title is called in the address of its drawing; a slug stays as it is.

    A title without a single Latin letter gets a short hash, so that it still has a drawing of its own.
    """
    return slugify(title)[:LONGEST_SLUG].rstrip("-_") or hashlib.sha256(title.encode()).hexdigest()[:12]
