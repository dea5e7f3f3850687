"""Use cases of memberships. Each runs alone among those of its entry, and takes things as they are by then."""

from .deciding import approve_request, ban_member, decline_request, remove_member, unban_member
from .inviting import accept_invitation, invite_by_link, invite_by_mail, revoke_invitation
from .joining import add_person, answer_consent, join_entry, leave_entry, withdraw_request
from .roles import change_details, change_role, found_team, hand_over, order_team
from .settings import change_settings
from .verifying import verify_organization

__all__ = [
    "accept_invitation",
    "add_person",
    "answer_consent",
    "approve_request",
    "ban_member",
    "change_details",
    "change_role",
    "change_settings",
    "decline_request",
    "found_team",
    "hand_over",
    "invite_by_link",
    "invite_by_mail",
    "join_entry",
    "leave_entry",
    "order_team",
    "remove_member",
    "revoke_invitation",
    "unban_member",
    "verify_organization",
    "withdraw_request",
]
