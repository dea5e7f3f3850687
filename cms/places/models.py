import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from .enums import PlaceKind, PlaceSource
from .geo import Box, box_of
from .names import spellings
from .outlines import validate_boundary
from .querysets import PlaceNameQuerySet, PlaceQuerySet

BOX_FIELDS = ("south", "west", "north", "east")


class Place(models.Model):
    """A place in the real world. Degrees are WGS 84; only GeoJSON has longitude first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(
        _("source"), max_length=20, choices=PlaceSource.choices, default=PlaceSource.OWN,
        help_text=_("Where the place is known from."),
    )  # fmt: skip
    source_id = models.CharField(_("id at the source"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(
        _("names by language"), default=dict, blank=True, help_text=_("Names by language code, where they differ.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind.choices, default=PlaceKind.CITY)
    country = models.CharField(_("country code"), max_length=2, help_text=_("Two capital letters (ISO 3166)."))
    population = models.PositiveIntegerField(_("population"), default=0)
    latitude = models.FloatField(_("latitude"), help_text=_("Degrees north; south is negative."))
    longitude = models.FloatField(_("longitude"), help_text=_("Degrees east; west is negative."))
    south = models.FloatField(_("southern edge"), null=True, blank=True)
    west = models.FloatField(_("western edge"), null=True, blank=True)
    north = models.FloatField(_("northern edge"), null=True, blank=True)
    east = models.FloatField(_("eastern edge"), null=True, blank=True)
    boundary = models.JSONField(_("outline"), null=True, blank=True, help_text=_("A GeoJSON polygon or multipolygon."))
    boundary_source = models.CharField(
        _("source of the outline"), max_length=200, blank=True, help_text=_("Who drew the outline, and its licence.")
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("lies in"), null=True, blank=True, on_delete=models.SET_NULL, related_name="children"
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["-population", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="one_place_per_source_id"),
            models.CheckConstraint(condition=models.Q(latitude__range=(-90, 90)), name="place_latitude_in_degrees"),
            models.CheckConstraint(condition=models.Q(longitude__range=(-180, 180)), name="place_longitude_in_degrees"),
        ]
        indexes = [
            models.Index(fields=["latitude", "longitude"], name="place_position"),
            models.Index(fields=["-population", "name", "id"], name="place_largest_first"),
            # The few places with an outline among many without: what `containing` reads on SQLite.
            models.Index(
                fields=["south", "north"], condition=models.Q(boundary__isnull=False), name="place_with_outline"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.country})"

    @property
    def box(self) -> Box | None:
        """The bounding box, or None when it is unknown."""
        edges = [getattr(self, field) for field in BOX_FIELDS]
        return None if None in edges else Box(*edges)

    def name_in(self, language: str) -> str:
        """The name in a language (its code, with or without region), else the place's own name."""
        return self.names.get(language) or self.names.get(language.partition("-")[0]) or self.name

    def label_in(self, language: str) -> str:
        """The name with what tells it from its namesakes: `Neukölln, Berlin, DE`. Reads the parent."""
        parts = [self.name_in(language)]
        if self.parent is not None:
            parts.append(self.parent.name_in(language))
        return ", ".join([*parts, self.country])

    def search_spellings(self) -> list[tuple[str, str]]:
        """Every (language, folded spelling) that place search finds this place by; the own name has no language."""
        named = [("", self.name), *self.names.items()]
        return sorted({(language, spelling) for language, name in named for spelling in spellings(str(name))})

    def set_box(self) -> None:
        """Take the bounding box from the outline, when there is one."""
        if self.boundary:
            self.south, self.west, self.north, self.east = box_of(self.boundary)

    def clean(self) -> None:
        super().clean()
        self.country = self.country.upper()
        if not isinstance(self.names, dict) or not all(isinstance(name, str) for name in self.names.values()):
            raise ValidationError({"names": _("Please give one name per language code.")})
        if self.boundary is not None:
            try:
                validate_boundary(self.boundary)
            except ValidationError as error:
                raise ValidationError({"boundary": error}) from error
        elif type(self).objects.filter(pk=self.pk, boundary__isnull=False).exists():
            # An outline that was taken away takes its box along: `inside` would go on with it.
            self.south = self.west = self.north = self.east = None

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if self.source == PlaceSource.OWN and not self.source_id:
            self.source_id = str(self.pk)
        self.set_box()
        if update_fields is not None and "boundary" in (update_fields := set(update_fields)):
            update_fields |= set(BOX_FIELDS)
        with transaction.atomic():
            super().save(*args, update_fields=update_fields, **kwargs)
            if update_fields is None or {"name", "names"} & set(update_fields):
                PlaceName.objects.rewrite([self])


class PlaceNameManager(models.Manager.from_queryset(PlaceNameQuerySet)):
    """Keeps the search names in step with their places."""

    def rewrite(self, places: Iterable[Place]) -> None:
        """Replace the search names of stored places."""
        places = list(places)
        for start in range(0, len(places), 5_000):  # SQLite takes 32,766 parameters in a statement
            self.filter(place__in=[place.pk for place in places[start : start + 5_000]]).delete()
        self.bulk_create(
            [
                PlaceName(place_id=place.pk, language=language, folded=spelling)
                for place in places
                for language, spelling in place.search_spellings()
            ],
            batch_size=5_000,
        )


class PlaceName(models.Model):
    """One folded spelling of a place, for search. Written by Place only."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="search_names")
    language = models.CharField(max_length=20, blank=True)
    folded = models.CharField(max_length=160, db_index=True)

    objects = PlaceNameManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "language", "folded"], name="one_spelling_per_place_and_language")
        ]

    def __str__(self) -> str:
        return self.folded


class GeocoderAnswer(models.Model):
    """What the geocoder answered to a question, so that it is not asked twice."""

    key = models.CharField(max_length=64, primary_key=True)
    question = models.TextField()
    places = models.JSONField(default=list)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.question
