"""What the API of memberships takes and answers. Answers are made in rows.py; a test holds the two together."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from cms.directory.enums import Kind
from platform_apps.core.api.fields import LineField, StrictSerializer, TextField
from platform_apps.memberships.enums import JoinPolicy, Role, Standing
from platform_apps.memberships.models import LINE_LENGTH, MOST_QUESTIONS, MOST_USES, TEXT_LENGTH, TITLE_LENGTH
from platform_apps.memberships.rules import INVITATION_DAYS
from platform_apps.memberships.services.inviting import LONGEST_DAYS, MOST_ADDRESSES
from platform_apps.memberships.services.roles import MOST_PLACES
from platform_apps.memberships.tokens import LONGEST_TOKEN


class TeamPersonSerializer(serializers.Serializer):
    """A person, as the reader may see them."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    avatar = serializers.CharField(help_text="The address of their picture, empty when there is none to be seen.")
    url = serializers.CharField(help_text="The address of their profile, empty when there is none to be seen.")


class JoinedEntrySerializer(serializers.Serializer):
    """The entry of a membership."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(Kind.choices)
    title = serializers.CharField()
    url = serializers.CharField(help_text="Empty while the page is not public.")


class TeamMemberSerializer(serializers.Serializer):
    """Somebody in a team, as everybody may see them."""

    id = serializers.UUIDField(help_text="The id of the membership.")
    person = TeamPersonSerializer()
    role = serializers.ChoiceField(Role.choices)
    title = serializers.CharField(help_text="What they do here, in their own words.")


class AnswerSerializer(serializers.Serializer):
    """A question of the entry, and what was answered."""

    question = serializers.CharField()
    answer = serializers.CharField()


class MembershipSerializer(serializers.Serializer):
    """How a person stands to an entry: for themselves, and for the admins there."""

    id = serializers.UUIDField()
    entry = JoinedEntrySerializer()
    person = TeamPersonSerializer()
    standing = serializers.ChoiceField(Standing.choices)
    role = serializers.ChoiceField(Role.choices, help_text="While the standing is `asked`, the role that is offered.")
    title = serializers.CharField()
    is_listed = serializers.BooleanField(help_text="Whether everybody sees them in the team.")
    message = serializers.CharField()
    availability = serializers.CharField()
    answers = AnswerSerializer(many=True)
    reason = serializers.CharField(help_text="Why somebody was declined, removed or banned.")
    asked_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    joined_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class JoinInput(StrictSerializer):
    """What somebody says who wants to join."""

    entry = serializers.UUIDField(help_text="The id of a hub, an organization or a project.")
    message = TextField(max_length=TEXT_LENGTH, required=False, allow_blank=True)
    availability = LineField(max_length=LINE_LENGTH, required=False, allow_blank=True)
    answers = serializers.DictField(
        child=TextField(max_length=TEXT_LENGTH, allow_blank=True),
        required=False,
        help_text="By the id of the question; the entry's settings have them.",
    )


class MembershipInput(StrictSerializer):
    """What can be changed of a membership."""

    role = serializers.ChoiceField(Role.choices, required=False, help_text="Admins give roles.")
    title = LineField(max_length=TITLE_LENGTH, required=False, allow_blank=True)
    is_listed = serializers.BooleanField(required=False, help_text="Everybody decides for themselves.")


class ReasonInput(StrictSerializer):
    """Why; the person reads it."""

    reason = TextField(max_length=TEXT_LENGTH, required=False, allow_blank=True)


class ConsentInput(StrictSerializer):
    """Whether somebody agrees to have been added."""

    agrees = serializers.BooleanField()


class AdditionInput(StrictSerializer):
    """Whom to ask, and for what."""

    person = serializers.UUIDField(help_text="The id of a person, as teams and profiles show it.")
    role = serializers.ChoiceField(Role.choices, required=False)
    message = TextField(max_length=TEXT_LENGTH, required=False, allow_blank=True)


class QuestionInput(StrictSerializer):
    """A question to who wants to join."""

    text = LineField(max_length=LINE_LENGTH)
    is_required = serializers.BooleanField()


class QuestionSerializer(serializers.Serializer):
    """A question to who wants to join."""

    id = serializers.CharField()
    text = serializers.CharField()
    is_required = serializers.BooleanField()


class TeamSettingsSerializer(serializers.Serializer):
    """How people come into an entry."""

    policy = serializers.ChoiceField(JoinPolicy.choices)
    questions = QuestionSerializer(many=True)


class TeamSettingsInput(StrictSerializer):
    """How people shall come into an entry."""

    policy = serializers.ChoiceField(JoinPolicy.choices)
    questions = serializers.ListField(child=QuestionInput(), max_length=MOST_QUESTIONS)


class OrderInput(StrictSerializer):
    """Who stands first in the team."""

    members = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_PLACES, help_text="Ids of memberships; the others follow."
    )


class InvitationInput(StrictSerializer):
    """A link for a number of people, or mails to addresses."""

    emails = serializers.ListField(
        child=serializers.EmailField(max_length=254),
        min_length=1,
        max_length=MOST_ADDRESSES,
        required=False,
        help_text="Each gets a mail of its own. Without it, a link is made.",
    )
    role = serializers.ChoiceField(Role.choices, required=False, help_text="Links cannot make admins.")
    message = TextField(max_length=TEXT_LENGTH, required=False, allow_blank=True, help_text="For mails.")
    max_uses = serializers.IntegerField(min_value=1, max_value=MOST_USES, required=False, help_text="For a link.")
    days = serializers.IntegerField(
        min_value=1, max_value=LONGEST_DAYS, required=False, help_text=f"For a link; {INVITATION_DAYS} without it."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what is for links together with addresses, and the other way round: nothing is ignored."""
        foreign = {"max_uses", "days"} if "emails" in attrs else {"message"}
        if wrong := sorted(foreign & set(attrs)):
            raise serializers.ValidationError({name: [_("Not for this kind of invitation.")] for name in wrong})
        return attrs


class InvitationSerializer(serializers.Serializer):
    """An invitation, for the admins of its entry."""

    id = serializers.UUIDField()
    email = serializers.CharField(help_text="Empty for links.")
    url = serializers.CharField(help_text="Where it leads; empty for mails, which are for their readers only.")
    role = serializers.ChoiceField(Role.choices)
    max_uses = serializers.IntegerField()
    used = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class InvitationsSerializer(serializers.Serializer):
    """The invitations that were made."""

    results = InvitationSerializer(many=True)


class AcceptanceInput(StrictSerializer):
    """Which invitation is accepted."""

    token = LineField(max_length=LONGEST_TOKEN, help_text="The last step of the invitation's address.")
