"""What a password must not be, beyond Django's own list."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import User

# Of twelve characters, so many have to be the person's own.
FEWEST_OF_ONES_OWN = 8
LONGEST = 256


class SiteWordsValidator:
    """Refuses passwords that are little more than the name of the site: the first thing that somebody would try."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for what is too easy, or too long to be one."""
        if len(password) > LONGEST:
            raise ValidationError(_("A password has at most 256 characters."), code="password_too_long")
        rest = password.lower()
        for word in _site_words():
            rest = rest.replace(word, "")
        if rest != password.lower() and len(rest) < FEWEST_OF_ONES_OWN:
            raise ValidationError(
                _("This is too close to the name of this site."), code="password_too_similar_to_the_site"
            )

    def get_help_text(self) -> str:
        return _("Not the name of this site.")


def _site_words() -> set[str]:
    words = settings.WAGTAIL_SITE_NAME.lower().split()
    return {word for word in [*words, "".join(words)] if len(word) > 2}  # noqa: PLR2004 (articles and initials)
