"""How people come into an entry: its policy, and its own questions."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.core.page_cache.version import site_changed
from cms.core.refusals import require
from cms.directory.models import Entry
from platform_apps.memberships import permissions
from platform_apps.memberships.enums import JoinPolicy
from platform_apps.memberships.models import LINE_LENGTH, MOST_QUESTIONS, TeamSettings

from .team import alone_in


def change_settings(
    *, actor: Any, entry: Entry, policy: JoinPolicy, questions: Sequence[Mapping[str, Any]]
) -> TeamSettings:
    """Say how people come into an entry, and what is asked of those who want to. Open requests keep their answers."""
    with alone_in(entry.pk):
        require(permissions.can_manage_team(actor, entry.pk))
        settings = TeamSettings.of(entry)
        settings.policy, settings.questions = policy, _cleaned(questions)
        settings.save()
        site_changed()
        return settings


def _cleaned(questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the questions, each with an id by which its answer is sent."""
    asked = [one for one in questions if one["text"].strip()]
    if len(asked) > MOST_QUESTIONS:
        raise ValidationError({"questions": [_("At most %(number)d questions.") % {"number": MOST_QUESTIONS}]})
    return [
        {
            "id": uuid.uuid4().hex[:12],
            "text": one["text"].strip()[:LINE_LENGTH],
            "is_required": bool(one["is_required"]),
        }
        for one in asked
    ]
