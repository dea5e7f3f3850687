import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.directory.enums import Kind
from cms.directory.models import Entry
from platform_apps.core.texts import ONE_LINE, SEVERAL_LINES

from .enums import DEFAULT_POLICIES, RANKS, JoinPolicy, Role, Standing
from .querysets import InvitationQuerySet, MembershipQuerySet
from .rules import NO_PLACE, place_in_team

TITLE_LENGTH, LINE_LENGTH, TEXT_LENGTH = 80, 200, 1_000
MOST_QUESTIONS = 10
MOST_USES = 1_000


class Membership(models.Model):
    """How one person stands to one entry, now. There is one row for the two, whatever happens between them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    standing = models.CharField(_("standing"), max_length=12, choices=Standing.choices)
    role = models.CharField(_("role"), max_length=8, choices=Role.choices, default=Role.MEMBER)
    title = models.CharField(_("what you do here"), max_length=TITLE_LENGTH, blank=True, validators=[ONE_LINE])
    position = models.PositiveSmallIntegerField(_("place in the team"), default=NO_PLACE)
    # Written with the row; see rules.place_in_team.
    sort_text = models.CharField(max_length=30, editable=False)
    is_listed = models.BooleanField(_("shown on the page"), default=True)
    message = models.TextField(_("message"), max_length=TEXT_LENGTH, blank=True, validators=[SEVERAL_LINES])
    availability = models.CharField(_("availability"), max_length=LINE_LENGTH, blank=True, validators=[ONE_LINE])
    # [{"question": …, "answer": …}], as the questions were when they were answered.
    answers = models.JSONField(default=list, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=TEXT_LENGTH, blank=True, validators=[SEVERAL_LINES])
    joined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "entry"], name="one_membership_per_user_and_entry"),
            models.CheckConstraint(
                condition=~Q(standing=Standing.ACTIVE) | Q(joined_at__isnull=False), name="members_have_joined"
            ),
        ]
        indexes = [
            models.Index(
                fields=["entry", "sort_text", "id"], condition=Q(standing=Standing.ACTIVE), name="membership_team"
            ),
            models.Index(fields=["entry", "standing", "asked_at", "id"], name="membership_queue"),
            models.Index(fields=["user", "-changed_at", "id"], name="membership_own"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.standing} in {self.entry_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_text = place_in_team(self.position, RANKS[self.role], self.joined_at)
        super().save(*args, **kwargs)

    @property
    def is_active(self) -> bool:
        return self.standing == Standing.ACTIVE

    @property
    def is_admin(self) -> bool:
        return self.is_active and self.role == Role.ADMIN


class TeamSettings(models.Model):
    """How people come into an entry. An entry without a row has what is usual for its kind."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.CASCADE, related_name="+")
    policy = models.CharField(_("who can join"), max_length=12, choices=JoinPolicy.choices)
    # [{"id": …, "text": …, "is_required": …}]
    questions = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("team settings")
        verbose_name_plural = _("team settings")

    def __str__(self) -> str:
        return f"{self.policy} in {self.entry_id}"

    @classmethod
    def of(cls, entry: Entry) -> "TeamSettings":
        """Return the settings of an entry, those that are usual for its kind where nobody has set any."""
        return cls.objects.filter(entry=entry.pk).first() or cls(entry=entry, policy=cls.usual_policy(entry.kind))

    @staticmethod
    def usual_policy(kind: str) -> JoinPolicy:
        """Return how people come into entries of a kind where nobody has said anything else."""
        return DEFAULT_POLICIES.get(Kind(kind), JoinPolicy.REQUEST)


class Invitation(models.Model):
    """Leads people into an entry: one person by mail, or whoever has the link.

    The token in its address is signed, not stored: nobody can make one from what stands in the database.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=8, choices=Role.choices, default=Role.MEMBER)
    email = models.EmailField(_("e-mail address"), blank=True)
    message = models.TextField(_("message"), max_length=TEXT_LENGTH, blank=True, validators=[SEVERAL_LINES])
    max_uses = models.PositiveSmallIntegerField(_("how many people can use it"), default=1)
    used = models.PositiveSmallIntegerField(default=0)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [models.CheckConstraint(condition=Q(used__lte=F("max_uses")), name="invitation_not_overused")]
        indexes = [
            models.Index(fields=["entry", "-created_at", "id"], name="invitation_of_entry"),
            models.Index(fields=["invited_by", "created_at"], name="invitation_of_inviter"),
        ]

    def __str__(self) -> str:
        return f"{self.email or 'link'} for {self.entry_id}"

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now() and self.used < self.max_uses
