"""What pages show of a team: the same people for everybody, and what one person is to them a moment later."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from cms.directory.enums import Kind

from .enums import JOINABLE_KINDS, JoinPolicy
from .selectors import team_of, tie_of

# Their pages have spent the queries that a page may cost: faces stand on the team's own page, one step further.
WITHOUT_FACES = (Kind.HUB, Kind.PROJECT)


def team_section(request: HttpRequest, page: Any) -> str:
    """Return the first of the team, or how many they are, and the way in. One query at most."""
    entry = page.directory_texts[0].entry if page.directory_texts else None
    if entry is None:
        return ""
    context = {"entry": entry, "is_band": entry.kind == Kind.HUB, "policies": JoinPolicy}
    if entry.kind not in WITHOUT_FACES:
        team = team_of(entry)
        context |= {"people": team.people, "has_more": team.has_more, "policy": team.policy}
    return render_to_string("memberships/section.html", context, request=request)


def join_part(request: HttpRequest, page: Any) -> str:
    """Return, for one person, what stands in place of the way in. Two queries."""
    if page is None or getattr(page, "entry_kind", None) not in JOINABLE_KINDS:
        return ""
    tie = tie_of(request.user, page.translation_key)
    if tie.membership is None:
        return ""
    context = {"entry_id": page.translation_key, "membership": tie.membership, "waiting": tie.waiting}
    return render_to_string("memberships/join_part.html", context, request=request)
