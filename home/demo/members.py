"""Made-up members with profiles, so that the directory of people has somebody in it."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from cms.places.selectors import find_place
from platform_apps.accounts.models import User
from platform_apps.accounts.services import DEMO_DOMAIN
from platform_apps.profiles.enums import Visibility
from platform_apps.profiles.services import edit_profile, ensure_profile, set_avatar
from platform_apps.profiles.sight import FIELDS

from .content import key_of, read

SHOWN: dict[str, Mapping[str, str]] = {
    "open": dict.fromkeys(FIELDS, Visibility.EVERYONE),
    "named": dict.fromkeys(("name", "avatar", "headline"), Visibility.EVERYONE),
    "members": {},
    "circle": dict.fromkeys(("place", "availability", "languages"), Visibility.CIRCLE),
    "shy": {"name": Visibility.NOBODY, "avatar": Visibility.NOBODY},
}
SIDE = 512
# Sky, sun, and three hills from far to near, for each picture one of these.
PALETTES = (
    ("#f3e3c3", "#d98a4b", "#a9b08a", "#6f8a63", "#33523f"),
    ("#dfe7ea", "#e8b65a", "#9fb6bd", "#5f8791", "#28505c"),
    ("#f1d9cf", "#c8552d", "#c79a83", "#94604e", "#4f2f2b"),
    ("#e7e0ef", "#f0c66c", "#a99bbf", "#75679a", "#3b3460"),
)


def load_members(password: str) -> None:
    """Make every member, or bring them up to date."""
    # One hash for all: made anew for each, forty of them take seconds.
    hashed = make_password(password)
    for number, row in enumerate(read("members")):
        _member(row, hashed, number)


def _member(row: Mapping[str, Any], hashed: str, number: int) -> None:
    email = f"{row['key']}@{DEMO_DOMAIN}"
    first, last = row["name"]
    values = {"first_name": first, "last_name": last, "preferred_language": row["language"], "password": hashed}
    user, _is_new = User.objects.update_or_create(email=email, defaults=values)
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    profile = ensure_profile(user=user)
    edit_profile(editor=user, profile=profile, changes=_changes(row))
    if row.get("picture") and not profile.avatar:
        set_avatar(editor=user, profile=profile, file=_picture(number))


def _changes(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "headline": row["line"],
        "about": row.get("about", ""),
        "place": find_place(row["place"]),
        "languages": row["speaks"],
        "skills": {key_of("skill", slug): level for slug, level in row["skills"].items()},
        "sectors": [key_of("sector", slug) for slug in row["sectors"]],
        "availability": row["time"],
        "visibility": SHOWN[row["show"]],
    }


def _picture(number: int) -> ContentFile:
    """Draw a small landscape: no face, for there is nobody behind it."""
    sky, sun, *hills = PALETTES[number % len(PALETTES)]
    picture = Image.new("RGB", (SIDE, SIDE), sky)
    pen = ImageDraw.Draw(picture)
    left = 60 + number * 73 % 260
    pen.ellipse((left, 90, left + 120, 210), fill=sun)
    for row, colour in enumerate(hills):
        top = 250 + row * 80
        middle = (number * 131 + row * 190) % SIDE
        pen.ellipse((middle - 420, top, middle + 420, top + 500), fill=colour)
        pen.ellipse((middle - SIDE - 200, top + 50, middle - 100, top + 600), fill=colour)
    output = BytesIO()
    picture.save(output, "PNG", compress_level=1)
    return ContentFile(output.getvalue(), name=f"landscape-{number}.png")
