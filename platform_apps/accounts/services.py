from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import APIToken

from cms.core.refusals import ConflictError

from .enums import TokenScope
from .models import TokenTerms, User

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
