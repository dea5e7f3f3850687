"""What memberships announce, each after the commit.

Payload: membership, and actor, the person who did it, None when nobody did.
"""

from django.dispatch import Signal

member_joined = Signal()
member_left = Signal()
member_removed = Signal()
member_banned = Signal()
member_unbanned = Signal()
role_changed = Signal()
request_made = Signal()
request_withdrawn = Signal()
request_approved = Signal()
request_declined = Signal()
consent_asked = Signal()
consent_refused = Signal()

# Payload: invitation, actor.
invitation_sent = Signal()
invitation_revoked = Signal()

# Payload: entry_id, is_verified, actor.
verification_changed = Signal()
