"""What people are told by mail, each in their own language. Written down in the transaction that gives rise to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cms.directory.models import Entry
from cms.editorial.enums import SiteGroup
from platform_apps.core.mail import post_mail

from .models import Invitation, Membership
from .tokens import token_of


@dataclass
class Note:
    """A short mail: a heading, some sentences, somebody's own words, one way on."""

    heading: str
    sentences: list[str]
    path: str
    label: str
    quote: str = ""
    answers: list[dict[str, str]] = field(default_factory=list)
    # Stands in place of the usual last line.
    footer: str = ""


def _post(to: str, language: str, note: Note) -> None:
    address = settings.WAGTAILADMIN_BASE_URL + note.path
    post_mail(to=to, template="memberships/note", language=language, context={"note": note, "address": address})


@contextmanager
def _about(entry_id: Any, language: str) -> Iterator[str]:
    """Speak a reader's language, and yield what the entry is called in it."""
    with translation.override(language):
        row = Entry.objects.filter(pk=entry_id).with_text(language).values("text_title").first()
        yield (row and row["text_title"]) or _("a page without a title")


def _name(user: Any) -> str:
    """Return what a person is called; their address is nobody's business."""
    return (f"{user.first_name} {user.last_name}".strip() if user else "") or _("Somebody")


def tell_admins_of_request(membership: Membership) -> None:
    """Tell those who decide that somebody wants to join; where there is no admin, those who run the site."""
    for admin in _deciders(membership.entry_id):
        with _about(membership.entry_id, admin.preferred_language) as title:
            words = {"person": _name(membership.user), "title": title}
            sentences = [_("%(person)s asks to join “%(title)s”.") % words]
            if membership.availability:
                sentences.append(_("Available: %(when)s") % {"when": membership.availability})
            note = Note(
                heading=_("%(person)s wants to join “%(title)s”") % words,
                sentences=sentences,
                quote=membership.message,
                answers=membership.answers,
                path=reverse("team-requests", args=[membership.entry_id]),
                label=_("Look at the request"),
            )
            _post(admin.email, admin.preferred_language, note)


def _deciders(entry_id: Any) -> list[Any]:
    admins = Membership.objects.in_entry(entry_id).admins().select_related("user")
    found = [membership.user for membership in admins]
    operators = get_user_model()._default_manager.filter(groups__name=SiteGroup.OPERATORS.value, is_active=True)
    return found or list(operators)


def tell_approved(membership: Membership) -> None:
    """Tell a person that they are in."""
    heading = gettext_noop("Welcome to “%(title)s”")
    sentence = gettext_noop("Your request was approved: you belong to “%(title)s” now.")
    _tell(membership, heading, sentence)


def tell_declined(membership: Membership) -> None:
    """Tell a person that they are not in, why, and that they may ask again."""
    sentence = gettext_noop("“%(title)s” has declined your request. You can ask again after thirty days.")
    _tell(membership, gettext_noop("Your request to join “%(title)s”"), sentence, quote=membership.reason)


def tell_removed(membership: Membership) -> None:
    """Tell a person that they do not belong to an entry any more."""
    heading = gettext_noop("You do not belong to “%(title)s” any more")
    _tell(
        membership, heading, gettext_noop("An admin has ended your membership in “%(title)s”."), quote=membership.reason
    )


def tell_role(membership: Membership) -> None:
    """Tell a person what their role is now."""
    _tell(
        membership, gettext_noop("Your role in “%(title)s”"), gettext_noop("Your role in “%(title)s” is now: %(role)s.")
    )


def _tell(membership: Membership, heading: str, sentence: str, *, quote: str = "") -> None:
    """Write to the person of a membership. Heading and sentence are marked for translation, and translated here."""
    with _about(membership.entry_id, membership.user.preferred_language) as title:
        words = {"title": title, "role": membership.get_role_display()}
        note = Note(
            heading=_(heading) % words,
            sentences=[_(sentence) % words],
            quote=quote,
            path=reverse("join-entry", args=[membership.entry_id]),
            label=_("See how things are"),
        )
        _post(membership.user.email, membership.user.preferred_language, note)


def ask_for_consent(membership: Membership) -> None:
    """Ask a person whom others have added."""
    with _about(membership.entry_id, membership.user.preferred_language) as title:
        words = {"title": title, "person": _name(membership.asked_by), "role": membership.get_role_display()}
        note = Note(
            heading=_("%(person)s would like to have you in “%(title)s”") % words,
            sentences=[
                _("%(person)s has added you to “%(title)s” (%(role)s). You belong to it only if you agree.") % words
            ],
            quote=membership.message,
            path=reverse("join-entry", args=[membership.entry_id]),
            label=_("Answer"),
        )
        _post(membership.user.email, membership.user.preferred_language, note)


def send_invitation(invitation: Invitation) -> None:
    """Write to somebody of whom we know nothing but the address: in the language of who invites."""
    language = invitation.invited_by.preferred_language
    with _about(invitation.entry_id, language) as title:
        words = {"title": title, "person": _name(invitation.invited_by)}
        note = Note(
            heading=_("%(person)s invites you to “%(title)s”") % words,
            sentences=[
                _("%(person)s invites you to join “%(title)s”.") % words,
                _("If you have no account with this address yet, you can make one on the way."),
            ],
            quote=invitation.message,
            path=reverse("invitation", args=[token_of(invitation.pk)]),
            label=_("See the invitation"),
            footer=_("Somebody at %(site)s gave us this address for this one mail.")
            % {"site": settings.WAGTAIL_SITE_NAME},
        )
        _post(invitation.email, language, note)
