from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Locale

from cms.directory.models import Entry
from cms.places.names import folded


class SearchDocument(models.Model):
    """What can be found of one thing in one language. Written by `search.services` from what its source says.

    PostgreSQL keeps a tsvector beside these columns, SQLite two FTS5 tables; no model knows them.
    """

    source = models.CharField(max_length=40)
    object_id = models.UUIDField()
    # The entry that the thing is or hangs on. No foreign key: its source removes the document, with all its traces.
    entry_id = models.UUIDField(null=True)
    language = models.CharField(max_length=12)
    configuration = models.CharField(max_length=20, help_text="How its words are read; PostgreSQL's name of it.")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    keywords = models.TextField(blank=True, help_text="Found by, never shown.")
    body = models.TextField(blank=True)
    # Without accents and case, for suggestions.
    folded_title = models.TextField(db_index=True)
    # Each folded word once, for the vocabulary.
    words = models.TextField(blank=True)
    # The address for readers of each language who are shown this text, and these languages as ",one,other,".
    paths = models.JSONField(default=dict)
    readers = models.CharField(max_length=255)
    weight = models.FloatField(default=0)
    is_public = models.BooleanField(default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        indexes = [
            # Common words: walk down from the weightiest and stop when there are enough.
            models.Index(
                fields=["language", "-weight", "id"], condition=Q(is_public=True), name="search_document_by_weight"
            ),
            # Common beginnings of suggestions, which ask for readers instead of a language.
            models.Index(fields=["-weight", "id"], condition=Q(is_public=True), name="search_document_weightiest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "object_id", "language"], name="one_document_per_object_and_language"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word that stands in `number` documents of a language; what typing errors are mended by."""

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=40)
    shown = models.CharField(max_length=80, help_text="As it is written, in lower case.")
    number = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="one_row_per_word_and_language")]

    def __str__(self) -> str:
        return self.shown


class Promotion(models.Model):
    """What editors put first when somebody searches for a phrase: an entry, or an address with words of its own."""

    phrase = models.CharField(
        _("phrase"),
        max_length=100,
        help_text=_("Shown whenever a search contains these words in this order. Case and accents do not matter."),
    )
    folded_phrase = models.CharField(max_length=200, editable=False, db_index=True)
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(
        Entry,
        verbose_name=_("entry"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("What to show; its title and summary come by themselves."),
    )
    address = models.URLField(
        _("address"), blank=True, max_length=500, help_text=_("Instead of an entry: a complete web address.")
    )
    title = models.CharField(_("title"), max_length=255, blank=True, help_text=_("Needed with an address."))
    summary = models.CharField(_("summary"), max_length=240, blank=True)
    position = models.PositiveIntegerField(_("position"), default=100, help_text=_("Lower numbers come first."))

    panels = [
        FieldPanel("phrase"),
        FieldPanel("locale"),
        FieldPanel("position"),
        MultiFieldPanel([FieldPanel("entry")], heading=_("Show an entry")),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("title"), FieldPanel("summary")], heading=_("Or show an address")
        ),
    ]

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ["phrase", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False, address="") | (Q(entry__isnull=True) & ~Q(address="")),
                name="promotion_has_an_entry_or_an_address",
                violation_error_message=_("Choose an entry or give an address, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.phrase

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded_phrase = folded(self.phrase)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a phrase without a word, and an address without a title."""
        super().clean()
        errors = {}
        if self.phrase and not folded(self.phrase):
            errors["phrase"] = _("At least one word.")
        if self.address and not self.title:
            errors["title"] = _("An address needs a title to be shown by.")
        if errors:
            raise ValidationError(errors)
