from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from .forms import LONGEST_NAME, NO_MARKUP, ONE_LINE


class SocialAdapter(DefaultSocialAccountAdapter):
    """What an account elsewhere may bring along."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Take over names only as we would have let them be typed."""
        user = super().populate_user(request, sociallogin, data)
        user.first_name, user.last_name = (_clean(name) for name in (user.first_name, user.last_name))
        return user


def _clean(name: object) -> str:
    text = " ".join(str(name or "").split())[:LONGEST_NAME]
    return "" if NO_MARKUP.regex.search(text) or ONE_LINE.regex.search(text) else text
