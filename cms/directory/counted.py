"""Numbers of entries in words."""

from django.utils.translation import ngettext

from .enums import Kind


def counted(kind: str, number: int) -> str:
    """Return how many entries of a kind, as in `12 projects`."""
    words = {
        Kind.HUB: ngettext("%(number)s hub", "%(number)s hubs", number),
        Kind.ORGANIZATION: ngettext("%(number)s organization", "%(number)s organizations", number),
        Kind.PROJECT: ngettext("%(number)s project", "%(number)s projects", number),
        Kind.STORY: ngettext("%(number)s story", "%(number)s stories", number),
    }
    return words[Kind(kind)] % {"number": number}
