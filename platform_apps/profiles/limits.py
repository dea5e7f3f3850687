from django.http import HttpRequest

from cms.core.throttling import Limit, is_over_limit

# Decoding a picture is the dearest thing that one person can ask for.
PICTURES = Limit("profile-pictures", number=30, seconds=1800)


def has_sent_enough_pictures(request: HttpRequest) -> bool:
    """Count a picture that somebody sends, and return whether it was one too many."""
    return is_over_limit(request, PICTURES, client=f"user-{request.user.pk}")
