"""The tokens in addresses of invitations: signed names, so that they can be shown again and are stored nowhere."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from cms.core.ids import as_uuid

_signer = Signer(salt="memberships.invitation", sep=".")
LONGEST_TOKEN = 120
# Where the session keeps the token of an invitation that somebody accepts before signing in or up.
SESSION_KEY = "invitation"


def token_of(invitation_id: UUID) -> str:
    """Return the token of an invitation."""
    return _signer.sign(str(invitation_id))


def invitation_id_of(token: str) -> UUID | None:
    """Return which invitation a token names, None when we have not made it."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        return as_uuid(_signer.unsign(token))
    except BadSignature:
        return None
