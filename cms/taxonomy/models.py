import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.media.models import Image

from .enums import Hue, Phase, Vocabulary


class Term(TranslatableMixin):
    """One word of a vocabulary in one language. Its translations share `translation_key` (the public id) and `slug`."""

    vocabulary: ClassVar[Vocabulary]

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(
        _("key"), max_length=80, help_text=_("Used in addresses and in the API; the same in every language.")
    )
    description = models.CharField(_("description"), max_length=255, blank=True)
    position = models.PositiveIntegerField(_("position"), default=100, help_text=_("Lower numbers come first."))

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description"), FieldPanel("position")]
    override_translatable_fields = [
        TranslatableField("name"),
        TranslatableField("description"),
        SynchronizedField("slug", overridable=False),
        SynchronizedField("position", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["position", "name"]
        constraints = [
            *getattr(TranslatableMixin.Meta, "constraints", []),
            models.UniqueConstraint(fields=["slug", "locale"], name="%(app_label)s_%(class)s_one_slug_per_language"),
        ]

    def __str__(self) -> str:
        return self.name


class TreeTerm(Term):
    """A term that can stand under another one. `parent` may be any language's row: trees go by translation key."""

    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Leave empty for a main heading."),
    )

    panels = [*Term.panels, FieldPanel("parent")]
    override_translatable_fields = [
        *Term.override_translatable_fields,
        SynchronizedField("parent", overridable=False),
    ]

    class Meta(Term.Meta):
        abstract = True

    def clean(self) -> None:
        """Refuse a parent that is the term itself or stands below it."""
        super().clean()
        seen: set[uuid.UUID] = {self.translation_key}
        above = self.parent
        while above is not None:
            if above.translation_key in seen:
                raise ValidationError({"parent": _("A term cannot stand below itself.")})
            seen.add(above.translation_key)
            above = above.parent


class Sector(TreeTerm):
    """A field of climate action: energy, food, water. A hub-specific one names the sector it counts as elsewhere."""

    vocabulary = Vocabulary.SECTOR

    hue = models.CharField(_("colour"), max_length=20, choices=Hue.choices, default=Hue.NATURE)
    icon = models.ForeignKey(
        Image,
        verbose_name=_("icon"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A simple picture on a plain ground; shown small."),
    )
    counterpart = models.ForeignKey(
        "self",
        verbose_name=_("counts as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Only for a sector of one hub: the general sector that stands for it everywhere else."),
    )

    panels = [*TreeTerm.panels, FieldPanel("hue"), FieldPanel("icon"), FieldPanel("counterpart")]
    override_translatable_fields = [
        *TreeTerm.override_translatable_fields,
        SynchronizedField("hue", overridable=False),
        SynchronizedField("icon", overridable=False),
        SynchronizedField("counterpart", overridable=False),
    ]

    class Meta(TreeTerm.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")

    @property
    def is_hub_specific(self) -> bool:
        return self.counterpart_id is not None


class Skill(TreeTerm):
    """Something a person can bring: bookkeeping, carpentry, facilitation."""

    vocabulary = Vocabulary.SKILL

    class Meta(TreeTerm.Meta):
        verbose_name = _("skill")
        verbose_name_plural = _("skills")


class OrganizationType(Term):
    """What an organization is: association, cooperative, municipality."""

    vocabulary = Vocabulary.ORGANIZATION_TYPE

    class Meta(Term.Meta):
        verbose_name = _("organization type")
        verbose_name_plural = _("organization types")


class ProjectStatus(Term):
    """Where a project stands, in the network's own words; `phase` is what programs can rely on."""

    vocabulary = Vocabulary.PROJECT_STATUS

    phase = models.CharField(_("phase"), max_length=20, choices=Phase.choices, default=Phase.ACTIVE)

    panels = [*Term.panels, FieldPanel("phase")]
    override_translatable_fields = [
        *Term.override_translatable_fields,
        SynchronizedField("phase", overridable=False),
    ]

    class Meta(Term.Meta):
        verbose_name = _("project status")
        verbose_name_plural = _("project statuses")


TERM_MODELS: tuple[type[Term], ...] = (Sector, Skill, OrganizationType, ProjectStatus)
