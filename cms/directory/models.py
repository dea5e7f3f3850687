import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.places.mercator import map_x_of, map_y_of
from cms.places.models import Place
from cms.taxonomy.enums import Vocabulary

from .enums import Attendance, Kind, Part, State
from .querysets import EntryQuerySet, EntryTextQuerySet


class Entry(models.Model):
    """The language-neutral thing behind a group of translated pages; `id` is their translation key, the public id.

    A read model: pages are the truth, `cms.directory.services` keeps this in step.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.DRAFT)
    source_language = models.CharField(_("written first in"), max_length=12)
    # The language shown to readers whose own is missing: the source if public, else a public translation.
    shown_language = models.CharField(max_length=12)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    # Address below the site's root for readers of each language, also where there is no translation.
    paths = models.JSONField(default=dict)
    hub_kind = models.CharField(max_length=20, blank=True)
    hubs = models.ManyToManyField(
        "self", through="EntryHub", through_fields=("entry", "hub"), symmetrical=False, related_name="+"
    )
    organizations = models.ManyToManyField(
        "self",
        through="EntryOrganization",
        through_fields=("entry", "organization"),
        symmetrical=False,
        related_name="+",
    )
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # The same position on a map, written by the database: what clusters are grouped by.
    map_x = models.GeneratedField(
        expression=map_x_of("longitude"), output_field=models.IntegerField(null=True), db_persist=True
    )
    map_y = models.GeneratedField(
        expression=map_y_of("latitude"), output_field=models.IntegerField(null=True), db_persist=True
    )
    attendance = models.CharField(max_length=20, choices=Attendance.choices, default=Attendance.PLACE)
    is_open = models.BooleanField(_("open for collaboration"), default=False)
    phase = models.CharField(max_length=20, blank=True)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    last_activity_at = models.DateTimeField(default=timezone.now)
    member_count = models.PositiveIntegerField(default=0)
    follower_count = models.PositiveIntegerField(default=0)
    like_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    # Said by a moderator of an organization, past its pages; see `set_verified`.
    is_verified = models.BooleanField(_("verified"), default=False, db_default=False)
    boost = models.SmallIntegerField(default=0)
    completeness = models.FloatField(default=0)
    rank = models.FloatField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [
            models.Index(fields=["kind", "-rank", "id"], condition=Q(state=State.PUBLISHED), name="entry_by_rank"),
            models.Index(
                fields=["kind", "-published_at", "id"], condition=Q(state=State.PUBLISHED), name="entry_by_date"
            ),
            models.Index(
                fields=["kind", "-last_activity_at", "id"], condition=Q(state=State.PUBLISHED), name="entry_by_activity"
            ),
            models.Index(fields=["latitude", "longitude"], name="entry_position"),
            # Holds all that clusters are counted from, so that the table itself is not read.
            models.Index(
                fields=["kind", "map_x", "map_y"],
                include=["latitude", "longitude"],
                condition=Q(state=State.PUBLISHED, latitude__isnull=False),
                name="entry_on_map",
            ),
            models.Index(fields=["parent"], name="entry_parent"),
            # All that facets read of an entry itself: the rows are wide, and facets read many of them.
            models.Index(
                fields=["kind"],
                include=["id", "is_open", "attendance", "hub_kind"],
                condition=Q(state=State.PUBLISHED),
                name="entry_facets",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(latitude__range=(-90, 90)), name="entry_latitude_in_degrees"),
            models.CheckConstraint(condition=Q(longitude__range=(-180, 180)), name="entry_longitude_in_degrees"),
        ]

    def __str__(self) -> str:
        """The title, for choosers; lists annotate it with `with_text` and need no query here."""
        if "text_title" in self.__dict__:
            return self.text_title or str(self.id)
        text = self.texts.order_by("is_translation", "pk").first()
        return text.title if text else str(self.id)


class EntryText(models.Model):
    """What one language says of an entry: everything a card, a list row or a search needs."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    page_id = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=255)
    slug = models.CharField(max_length=255, db_index=True)
    summary = models.TextField(blank=True)
    path = models.TextField(help_text="Address below the site's root, with language and slug.")
    image = models.JSONField(null=True, blank=True)
    search_text = models.TextField(blank=True)
    is_live = models.BooleanField(default=False)
    is_translation = models.BooleanField(default=False)
    is_machine_draft = models.BooleanField(default=False)
    is_stale = models.BooleanField(default=False)

    objects = EntryTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry text")
        verbose_name_plural = _("entry texts")
        # The languages of an entry without its texts.
        indexes = [models.Index(fields=["entry", "language"], condition=Q(is_live=True), name="entry_text_live")]
        constraints = [models.UniqueConstraint(fields=["entry", "language"], name="one_text_per_entry_and_language")]

    def __str__(self) -> str:
        return self.title


class EntryTerm(models.Model):
    """An entry carries a term. `key` is the term's translation key: terms have one row per language, entries do not."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="terms")
    vocabulary = models.CharField(max_length=20, choices=Vocabulary.choices)
    key = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["vocabulary", "position"]
        indexes = [models.Index(fields=["key", "entry"], name="entry_term_key")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "vocabulary", "key"], name="one_term_per_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.vocabulary} {self.key}"


class EntryHub(models.Model):
    """An entry is shown in a hub: chosen there by an editor (`is_direct`), or because a hub below was."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="hub_links")
    hub = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="linked_entries")
    is_direct = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["entry", "hub"], name="one_link_per_entry_and_hub")]

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.hub_id}"


class EntryOrganization(models.Model):
    """An organization leads an entry or takes part in it."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="organization_links")
    organization = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="led_entries")
    part = models.CharField(max_length=20, choices=Part.choices, default=Part.LEAD)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["part", "position"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "organization"], name="one_part_per_entry_and_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.part} {self.entry_id}"


class EntryChange(models.Model):
    """The last thing that happened to an entry that is or once was public, for those who mirror the directory.

    It outlives the entry, so it does not point at it.
    """

    id = models.UUIDField(primary_key=True, help_text="The id of the entry.")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    is_removed = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    number = models.BigIntegerField(help_text="Of the transaction that changed it; see changes.py.")

    class Meta:
        indexes = [models.Index(fields=["number", "id"], name="entry_change_number")]

    def __str__(self) -> str:
        return f"{self.id} at {self.changed_at}"
