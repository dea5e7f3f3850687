import uuid
from typing import Any, ClassVar

from cms.core.api.views import ReadView, found
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import TermLabel, shown_terms

from .serializers import OrganizationTypeSerializer, ProjectStatusSerializer, SectorSerializer, SkillSerializer

# What a term has beyond its words, as attributes of its label, by vocabulary.
EXTRAS: dict[str, dict[str, str]] = {
    Vocabulary.SECTOR: {"parent": "parent", "hue": "detail", "counterpart": "counterpart"},
    Vocabulary.SKILL: {"parent": "parent"},
    Vocabulary.ORGANIZATION_TYPE: {},
    Vocabulary.PROJECT_STATUS: {"phase": "detail"},
}


class TermListView(ReadView):
    """A whole vocabulary in its order, flat: `parent` makes the tree. Never more than one page."""

    is_list = True
    vocabulary: ClassVar[Vocabulary]

    def read(self) -> dict[str, Any]:
        labels = shown_terms(self.language).of(self.vocabulary)
        return {"results": [term_row(label) for label in labels], "next": None, "previous": None}


class TermDetailView(ReadView):
    """One term."""

    vocabulary: ClassVar[Vocabulary]

    def read(self, id: uuid.UUID) -> dict[str, Any]:  # noqa: A002 (the name in the address)
        return term_row(found(shown_terms(self.language).find(self.vocabulary, str(id))))


def term_row(label: TermLabel) -> dict[str, Any]:
    """Return a term as the API shows it."""
    return {
        "id": label.key,
        "slug": label.slug,
        "name": label.name,
        "description": label.description,
        **{name: getattr(label, attribute) for name, attribute in EXTRAS[label.vocabulary].items()},
    }


class SectorListView(TermListView):
    """All sectors, general ones and hubs' own."""

    tag = "sectors"
    vocabulary = Vocabulary.SECTOR
    row_serializer = SectorSerializer


class SectorDetailView(TermDetailView):
    """One sector."""

    tag = "sectors"
    vocabulary = Vocabulary.SECTOR
    row_serializer = SectorSerializer


class SkillListView(TermListView):
    """All skills."""

    tag = "skills"
    vocabulary = Vocabulary.SKILL
    row_serializer = SkillSerializer


class SkillDetailView(TermDetailView):
    """One skill."""

    tag = "skills"
    vocabulary = Vocabulary.SKILL
    row_serializer = SkillSerializer


class OrganizationTypeListView(TermListView):
    """All types of organizations."""

    tag = "organization-types"
    vocabulary = Vocabulary.ORGANIZATION_TYPE
    row_serializer = OrganizationTypeSerializer


class OrganizationTypeDetailView(TermDetailView):
    """One type of organizations."""

    tag = "organization-types"
    vocabulary = Vocabulary.ORGANIZATION_TYPE
    row_serializer = OrganizationTypeSerializer


class ProjectStatusListView(TermListView):
    """All statuses that a project can have."""

    tag = "project-statuses"
    vocabulary = Vocabulary.PROJECT_STATUS
    row_serializer = ProjectStatusSerializer


class ProjectStatusDetailView(TermDetailView):
    """One status that a project can have."""

    tag = "project-statuses"
    vocabulary = Vocabulary.PROJECT_STATUS
    row_serializer = ProjectStatusSerializer
