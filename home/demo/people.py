"""Who can sign in to the demo. The passwords are public, so production refuses every one of these accounts."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group

from cms.editorial.enums import SiteGroup
from cms.editorial.services import ensure_hub_editors
from cms.hubs.models import HubPage
from platform_apps.accounts.models import User
from platform_apps.accounts.services import DEMO_DOMAIN, create_verified_user

from .content import key_of
from .members import load_members

PASSWORD = "rain-barrel-orchard"  # noqa: S105 (printed in the README; see refuse_demo_accounts)
PEOPLE = (
    ("operator", "Noor", "Haddad", "en", SiteGroup.OPERATORS, None),
    ("editor", "Jule", "Wiegand", "de", SiteGroup.EDITORS, None),
    ("moderator", "Tomke", "Reents", "de", SiteGroup.MODERATORS, None),
    ("translator", "Agnes", "Lindqvist", "en", SiteGroup.TRANSLATORS, None),
    ("berlin", "Selin", "Aydemir", "de", None, "berlin"),
    ("muenster", "Renke", "Voss", "de", None, "muenster"),
    ("member", "Ida", "Kranz", "en", None, None),
)


def load_author() -> User:
    """Return the account that the demo's pages belong to; it cannot sign in."""
    user = User.objects.filter(email=f"demo@{DEMO_DOMAIN}").first()
    return user or User.objects.create_user(f"demo@{DEMO_DOMAIN}", is_active=False)


def load_people() -> list[tuple[str, Any]]:
    """Make the demo accounts where they are allowed. Returns address and group of each."""
    if not settings.DEMO_ACCOUNTS_ALLOWED:
        return []
    load_members(PASSWORD)
    return [(f"{name}@{DEMO_DOMAIN}", _person(name, *rest)) for name, *rest in PEOPLE]


def _person(name: str, first_name: str, last_name: str, language: str, group: Any, hub: str | None) -> str:
    user = create_verified_user(
        email=f"{name}@{DEMO_DOMAIN}", password=PASSWORD, first_name=first_name, last_name=last_name, language=language
    )
    groups = [Group.objects.get(name=group)] if group else []
    if hub:
        groups.append(
            ensure_hub_editors(HubPage.objects.filter(translation_key=key_of("hub", hub)).order_by("pk").first())
        )
    user.groups.set(groups)
    return ", ".join(group.name for group in groups) or "–"
