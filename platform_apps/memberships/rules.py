"""Pure rules of joining: when somebody may ask again, and where members stand in a list."""

from datetime import datetime, timedelta

# After a no, from either side, nobody is bothered again for so long.
PAUSE = timedelta(days=30)
# Behind everybody to whom the team has given a place.
NO_PLACE = 9_999
INVITATION_DAYS = 14


def may_ask_again(decided_at: datetime | None, now: datetime) -> bool:
    """Return whether enough time has passed since a no."""
    return decided_at is None or now >= decided_at + PAUSE


def place_in_team(position: int, rank: int, joined_at: datetime | None) -> str:
    """Return the text by which a team is sorted: the team's own order, then admins first, then who came first.

    One column, so that a list can be read page by page from its index.
    """
    return f"{position:04d}{9 - rank}{joined_at:%Y%m%d%H%M%S%f}" if joined_at else f"{position:04d}{9 - rank}"
