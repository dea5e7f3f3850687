"""Reactions to what happens past the services: accounts that go, groups that change in the admin, a sign-in at last."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models.signals import m2m_changed, post_delete
from django.dispatch import receiver

from cms.core.refusals import ConflictError
from cms.directory.models import Entry

from .models import Invitation, Membership
from .services.group_changes import follow_groups_of, runners_of
from .services.inviting import accept_invitation
from .services.team import recount
from .tokens import SESSION_KEY, invitation_id_of

User = get_user_model()


@receiver(post_delete, sender=Membership)
def count_without_deleted(instance: Membership, **_kwargs: Any) -> None:
    """An account was deleted: its entries have one member less. Where the entry goes itself, nothing is to count."""
    if Entry.objects.filter(pk=instance.entry_id).exists():
        recount(instance.entry_id)


@receiver(m2m_changed, sender=User.groups.through)
def follow_changed_groups(
    instance: Any,
    action: str,
    reverse: bool,  # noqa: FBT001 (Django's signature)
    pk_set: set[int] | None,
    **_kwargs: Any,
) -> None:
    """Somebody was put into a hub's group, or taken out, in the admin: the membership follows."""
    if not action.startswith("post_"):
        return
    if not reverse:
        follow_groups_of([instance])
    else:
        people = User._default_manager.filter(pk__in=pk_set) if pk_set else runners_of(instance)
        follow_groups_of(list(people))


@receiver(user_logged_in)
def take_up_invitation(request: Any, user: Any, **_kwargs: Any) -> None:
    """Who accepted an invitation before signing in or up is in now; why not, the invitation's own page says."""
    session = getattr(request, "session", None)
    token = session.pop(SESSION_KEY, None) if session is not None else None
    if not token:
        return
    try:
        accept_invitation(user=user, invitation=Invitation.objects.get(pk=invitation_id_of(token)))
    except (ObjectDoesNotExist, PermissionDenied, ConflictError):
        return
