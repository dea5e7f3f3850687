from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from .models import User

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
