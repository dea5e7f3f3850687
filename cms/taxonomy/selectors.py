import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, QuerySet, UUIDField, Value

from cms.core.page_cache.unchanged import while_unchanged

from .enums import Vocabulary
from .models import TERM_MODELS, Term


@dataclass(frozen=True)
class TermLabel:
    """A term as one reader sees it. `key` is its public id, `detail` the hue of a sector or the phase of a status."""

    key: uuid.UUID
    vocabulary: str
    slug: str
    name: str
    detail: str
    parent: uuid.UUID | None
    counterpart: uuid.UUID | None
    description: str = ""
    position: int = 0


@dataclass
class Terms:
    """Every term of every vocabulary, in one reader's language; one query for all of them."""

    by_key: dict[uuid.UUID, TermLabel] = field(default_factory=dict)

    def of(self, vocabulary: str) -> Iterator[TermLabel]:
        """Yield the terms of a vocabulary in their order."""
        yield from (label for label in self.by_key.values() if label.vocabulary == vocabulary)

    def find(self, vocabulary: str, text: str) -> TermLabel | None:
        """Return the term with that slug or id."""
        try:
            label = self.by_key.get(uuid.UUID(text))
        except ValueError:
            return next((label for label in self.of(vocabulary) if label.slug == text), None)
        return label if label and label.vocabulary == vocabulary else None

    def subtree(self, key: uuid.UUID) -> set[uuid.UUID]:
        """Return the term, all that stands below it, and the hub-specific terms that count as one of these."""
        found = {key}
        while True:
            more = {
                label.key
                for label in self.by_key.values()
                if label.key not in found and (label.parent in found or label.counterpart in found)
            }
            if not more:
                return found
            found |= more

    def shown(self, keys: Iterable[uuid.UUID], *, own: Iterable[uuid.UUID] = ()) -> list[TermLabel]:
        """Return what a reader sees of an entry's terms: hub-specific ones by counterpart, except where `own`ed."""
        owned = set(own)
        labels: dict[uuid.UUID, TermLabel] = {}
        for key in keys:
            label = self.by_key.get(key)
            if label and label.counterpart and key not in owned:
                label = self.by_key.get(label.counterpart)
            if label:
                labels[label.key] = label
        return list(labels.values())


def terms(language: str) -> Terms:
    """Return all terms in a language; where a name is missing, the term's first language stands in."""
    first, *others = [_rows(model) for model in TERM_MODELS]
    union = first.union(*others, all=True)
    found: dict[uuid.UUID, TermLabel] = {}
    chosen: dict[uuid.UUID, str] = {}
    for row in sorted(union, key=lambda row: row["pk"]):
        key = row["translation_key"]
        if key not in found or (row["code"] == language and chosen[key] != language):
            chosen[key] = row["code"]
            found[key] = _label(row)
    return Terms(dict(sorted(found.items(), key=lambda item: (item[1].position, item[1].name))))


@while_unchanged
def shown_terms(language: str) -> Terms:
    """Return all terms as visitors see them: kept until something public changes. Never for what is written."""
    return terms(language)


def _rows(model: type[Term]) -> QuerySet[Any]:
    names = {field.name for field in model._meta.get_fields()}
    detail = F("hue") if "hue" in names else F("phase") if "phase" in names else Value("", output_field=CharField())
    nothing = Value(None, output_field=UUIDField())
    return (
        model.objects.order_by()
        .annotate(
            code=F("locale__language_code"),
            vocabulary_=Value(model.vocabulary.value, output_field=CharField()),
            detail=detail,
            above=F("parent__translation_key") if "parent" in names else nothing,
            stands_for=F("counterpart__translation_key") if "counterpart" in names else nothing,
        )
        .values(
            "pk",
            "translation_key",
            "code",
            "vocabulary_",
            "slug",
            "name",
            "detail",
            "above",
            "stands_for",
            "description",
            "position",
        )
    )


def _label(row: dict[str, Any]) -> TermLabel:
    return TermLabel(
        key=row["translation_key"],
        vocabulary=row["vocabulary_"],
        slug=row["slug"],
        name=row["name"],
        detail=row["detail"],
        parent=row["above"],
        counterpart=row["stands_for"],
        description=row["description"],
        position=row["position"],
    )


def sectors_of(labels: Terms) -> list[TermLabel]:
    """Return the general sectors: those that are not one hub's own."""
    return [label for label in labels.of(Vocabulary.SECTOR) if label.counterpart is None]
