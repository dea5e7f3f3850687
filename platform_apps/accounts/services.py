from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import APIToken

from cms.core.refusals import ConflictError

from .enums import TokenScope
from .models import TokenTerms, User

WAIT_FOR_CONFIRMATION = timedelta(days=7)
# Reserved for documentation (RFC 2606), so no mail can ever reach a demo account's address.
DEMO_DOMAIN = "demo.groundswell.example"


@transaction.atomic
def create_verified_user(*, email: str, password: str, first_name: str, last_name: str, language: str) -> User:
    """Create a user whose address counts as verified, or bring an existing one up to date; for set-up and demo."""
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, password)
    user.first_name, user.last_name, user.preferred_language = first_name, last_name, language
    user.set_password(password)
    user.save()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def forget_ended_sessions() -> None:
    """Delete what was noted of sessions that are over: addresses and browsers of people are kept no longer."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()


def forget_unconfirmed_accounts() -> int:
    """Delete accounts whose address nobody has confirmed for a week; it is free again. Returns how many."""
    waiting = EmailAddress.objects.filter(user=OuterRef("pk"), verified=False)
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    users = User.objects.filter(
        Exists(waiting), ~Exists(confirmed), date_joined__lt=timezone.now() - WAIT_FOR_CONFIRMATION,
        last_login=None, is_superuser=False, is_staff=False, groups=None,
    )  # fmt: skip
    return sum(bool(user.delete()) for user in users)


def refuse_demo_accounts() -> None:
    """Raise ImproperlyConfigured where demo accounts are forbidden (production) and the database holds one.

    Their passwords are printed in the README.
    """
    if settings.DEMO_ACCOUNTS_ALLOWED:
        return
    if User.objects.filter(email__iendswith=f"@{DEMO_DOMAIN}", is_active=True).exists():
        message = f"The database holds active demo accounts (@{DEMO_DOMAIN}). Delete them before going to production."
        raise ImproperlyConfigured(message)


@transaction.atomic
def create_token(*, user: User, name: str, scope: TokenScope, days: int) -> tuple[TokenTerms, str]:
    """Make a personal token. Returns its terms and the secret, which is shown now or never.

    Raises ConflictError when the person has as many as one may have. The person's row is locked, so that of several
    requests at once each counts what the others have made.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if TokenTerms.objects.of(user).count() >= settings.API_TOKENS_PER_PERSON:
        raise ConflictError(_("You have as many tokens as one person may have. Revoke one first."))
    token, secret = APIToken.create_token(user=user, name=name)
    expires_at = timezone.now() + timedelta(days=days)
    terms, _made = TokenTerms.objects.update_or_create(token=token, defaults={"scope": scope, "expires_at": expires_at})
    return terms, secret


@transaction.atomic
def revoke_token(*, user: User, token_id: UUID) -> None:
    """Make one of a person's tokens worthless, at once. Raises TokenTerms.DoesNotExist when it is none of theirs."""
    TokenTerms.objects.of(user).get(uuid=token_id).token.revoke()
