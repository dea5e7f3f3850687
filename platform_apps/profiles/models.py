import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.media.fields import CleanImageField
from cms.places.models import Place
from cms.places.names import folded

from .enums import Availability, Level, Visibility
from .querysets import ProfileQuerySet
from .sight import FIELDS, USUAL

LONGEST_HEADLINE, LONGEST_ABOUT, LONGEST_WEBSITE = 120, 4_000, 300
# One sign can become many letters when it is folded; what goes beyond is not sorted by.
LONGEST_FOLDED_NAME = 400


def avatar_path(_profile: Any, _name: str) -> str:
    """Return where a picture is kept: nobody can guess it, and no other picture ever gets the same address."""
    return f"avatars/{uuid.uuid4().hex}.webp"


class VisibilityField(models.CharField):
    """Who sees a field."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 10, "choices": Visibility.choices, "default": USUAL} | options)


class Profile(models.Model):
    """What somebody shows of themselves. The id is the user's `uuid`, which is the one that leaves the server."""

    id = models.UUIDField(primary_key=True, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    avatar = CleanImageField(_("picture"), upload_to=avatar_path, blank=True)
    headline = models.CharField(_("in one line"), max_length=LONGEST_HEADLINE, blank=True)
    about = models.TextField(_("about me"), max_length=LONGEST_ABOUT, blank=True)
    place = models.ForeignKey(
        Place, verbose_name=_("place"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    availability = models.CharField(_("time"), max_length=20, choices=Availability.choices, blank=True)
    website = models.URLField(_("website"), max_length=LONGEST_WEBSITE, blank=True)

    name_visibility = VisibilityField()
    avatar_visibility = VisibilityField()
    headline_visibility = VisibilityField()
    about_visibility = VisibilityField()
    place_visibility = VisibilityField()
    languages_visibility = VisibilityField()
    skills_visibility = VisibilityField()
    sectors_visibility = VisibilityField()
    availability_visibility = VisibilityField()
    website_visibility = VisibilityField()

    # What words are searched in: without accents and case. The name is the user's, kept in step by a receiver.
    folded_name = models.CharField(max_length=LONGEST_FOLDED_NAME, blank=True, editable=False)
    folded_headline = models.TextField(blank=True, editable=False)
    folded_about = models.TextField(blank=True, editable=False)

    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(**{f"{field}_visibility__in": Visibility.values for field in FIELDS}),
                name="visibility_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(availability__in=["", *Availability.values]), name="availability_is_known"
            ),
        ]
        # Lists for members leave out few, those for strangers most.
        indexes = [
            models.Index("created_at", "id", name="profile_by_age"),
            models.Index("folded_name", "id", name="profile_by_name"),
            models.Index(
                "created_at", "id", name="public_profile_by_age",
                condition=models.Q(name_visibility=Visibility.EVERYONE),
            ),
            models.Index(
                "folded_name", "id", name="public_profile_by_name",
                condition=models.Q(name_visibility=Visibility.EVERYONE),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_headline = folded(self.headline)
        self.folded_about = folded(self.about)
        super().save(*args, **kwargs)

    @property
    def visibility(self) -> dict[str, str]:
        """Who sees what, by field."""
        return {field: getattr(self, f"{field}_visibility") for field in FIELDS}


class ProfileSkill(models.Model):
    """Something that somebody can do. `key` is the translation key of the term."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="skills")
    key = models.UUIDField()
    level = models.PositiveSmallIntegerField(
        choices=Level.choices, default=Level.ABLE, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "key"], name="each_skill_once"),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="skill_level_is_known"),
        ]
        indexes = [models.Index(fields=["key", "profile"], name="profile_skill_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.level}"


class ProfileSector(models.Model):
    """A field that somebody cares about. `key` is the translation key of the term."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="sectors")
    key = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "key"], name="each_sector_once")]
        indexes = [models.Index(fields=["key", "profile"], name="profile_sector_key")]

    def __str__(self) -> str:
        return str(self.key)


class ProfileLanguage(models.Model):
    """A language that somebody speaks, by its two-letter code (ISO 639)."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(max_length=3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "code"], name="each_language_once")]
        indexes = [models.Index(fields=["code", "profile"], name="profile_language_code")]

    def __str__(self) -> str:
        return self.code
