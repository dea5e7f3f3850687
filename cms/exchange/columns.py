"""What the columns of a file mean: how a value is read from cells, read from a page, written to a page and exported.

A value is what two sides are compared by, so that a row that says what the page says already changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils.translation import gettext as _

from cms.directory.enums import Attendance, Kind, Part
from cms.directory.pages import SUMMARY_LENGTH, EntryPage
from cms.organizations.enums import Size
from cms.organizations.models import OrganizationHubLink, OrganizationPage
from cms.places.models import Place
from cms.projects.models import ProjectHubLink, ProjectOrganizationLink, ProjectPage
from cms.taxonomy.enums import Vocabulary

from . import cells, streams
from .lookups import Lookups
from .pictures import PictureSource, Wanted
from .tables import LIST_SEPARATOR, CellRefusedError

PAGES: dict[str, type[EntryPage]] = {Kind.ORGANIZATION: OrganizationPage, Kind.PROJECT: ProjectPage}
BOTH, ORGANIZATION, PROJECT = (Kind.ORGANIZATION, Kind.PROJECT), (Kind.ORGANIZATION,), (Kind.PROJECT,)
HUB_LINKS = {Kind.ORGANIZATION: OrganizationHubLink, Kind.PROJECT: ProjectHubLink}
PARENT_FIELDS = {Kind.ORGANIZATION: "parent_organization", Kind.PROJECT: "parent_project"}
Cells = Mapping[str, str]


@dataclass
class Sources:
    """Where values come from that are not in the file itself."""

    lookups: Lookups
    pictures: PictureSource


@dataclass(frozen=True)
class Column:
    """One value of a page and the cells that hold it. `value` may differ from what is stored: it is compared."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    parse: Callable[[Cells, Sources], Any]
    read: Callable[[Any], Any]
    write: Callable[[Any, Any], None]
    show: Callable[[Any], tuple[str, ...]]
    is_text: bool = False

    def in_language(self, code: str) -> tuple[str, ...]:
        """Return the names of the cells that hold a translation of this value."""
        return tuple(f"{name}:{code}" for name in self.names)


def _field(
    name: str,
    kinds: tuple[str, ...],
    parse: Callable[[str], Any],
    *,
    attribute: str = "",
    show: Callable[[Any], str] = str,
    is_text: bool = False,
) -> Column:
    """Return the column of a plain field."""
    attribute = attribute or name
    return Column(
        names=(name,),
        kinds=kinds,
        parse=lambda row, _sources: parse(row.get(name, "")),
        read=lambda page: getattr(page, attribute),
        write=lambda page, value: setattr(page, attribute, value),
        show=lambda value: (show(value),),
        is_text=is_text,
    )


def _required(text: str, most: int) -> str:
    if not text:
        raise CellRefusedError(_("This cell must be filled."))
    return cells.one_line(text, most)


def _show_day(value: Any) -> str:
    return value.isoformat() if value else ""


def _show_flag(value: Any) -> str:
    return "yes" if value else "no"


def _term(name: str, kinds: tuple[str, ...], vocabulary: str) -> Column:
    """Return the column of one term."""
    return Column(
        names=(name,),
        kinds=kinds,
        parse=lambda row, sources: sources.lookups.term(vocabulary, row[name]) if row.get(name) else None,
        read=lambda page: getattr(page, name),
        write=lambda page, value: setattr(page, name, value),
        show=lambda value: (value.slug if value else "",),
    )


def _terms(name: str, kinds: tuple[str, ...], vocabulary: str) -> Column:
    """Return the column of a set of terms."""
    return Column(
        names=(name,),
        kinds=kinds,
        parse=lambda row, sources: _by_key(sources.lookups.term_list(vocabulary, row.get(name, ""))),
        read=lambda page: _by_key(getattr(page, name).all()),
        write=lambda page, value: setattr(page, name, value),
        show=lambda value: (LIST_SEPARATOR.join(term.slug for term in value),),
    )


def _by_key(terms: Any) -> list[Any]:
    return sorted(terms, key=lambda term: str(term.translation_key))


def _parse_body(row: Cells, _sources: Sources) -> streams.Stream:
    if row.get("body") and row.get("blocks"):
        raise CellRefusedError(_("Fill either body or blocks."))
    return (
        streams.parse_blocks(row["blocks"]) if row.get("blocks") else streams.paragraphs_to_stream(row.get("body", ""))
    )


def _write_body(page: Any, value: streams.Stream) -> None:
    page.body = page._meta.get_field("body").stream_block.to_python(streams.raw_stream(value, page))


def _show_body(value: streams.Stream) -> tuple[str, str]:
    text = streams.stream_to_paragraphs(value)
    return (text, "") if text is not None else ("", orjson.dumps(value).decode())


def _parse_place(row: Cells, sources: Sources) -> Place | None:
    position = cells.degrees(row)
    name, country = cells.one_line(row.get("place", ""), 200), row.get("country", "")
    if not (row.get("place_id") or name or position):
        if country:
            raise CellRefusedError(_("A country alone is no place: add a name."))
        return None
    if "," in name and not country:
        name, country = (part.strip() for part in name.rsplit(",", 1))
    if len(country) not in {0, 2}:
        raise CellRefusedError(_("Write the country as two letters: «Berlin, DE»."))
    return sources.lookups.place(identity=row.get("place_id", ""), name=name, country=country, position=position)


def _write_place(page: Any, place: Place | None) -> None:
    if place is not None and not Place.objects.filter(pk=place.pk).exists():
        place.full_clean(exclude=["source_id"])
        place.save(force_insert=True)
    page.place = place


def _show_place(place: Place | None) -> tuple[str, ...]:
    if place is None:
        return ("",) * 5
    return place.name, place.country, repr(place.latitude), repr(place.longitude), str(place.pk)


def _hubs_of(page: Any) -> list[Any]:
    return [link.entry_id for link in page.hub_links.all()]


def _write_hubs(page: Any, value: list[Any]) -> None:
    page.hub_links = [HUB_LINKS[page.entry_kind](entry_id=key) for key in value]


def _parse_organizations(row: Cells, sources: Sources) -> list[tuple[Any, str]]:
    parts: dict[Any, str] = {}
    for name, part in (("lead", Part.LEAD), ("partners", Part.PARTNER)):
        for key in sources.lookups.entry_list(Kind.ORGANIZATION, row.get(name, "")):
            parts.setdefault(key, part.value)
    return list(parts.items())


def _organizations_of(page: Any) -> list[tuple[Any, str]]:
    links = [(link.entry_id, link.part) for link in page.organization_links.all()]
    return sorted(links, key=lambda link: link[1])


def _write_organizations(page: Any, value: list[tuple[Any, str]]) -> None:
    page.organization_links = [ProjectOrganizationLink(entry_id=key, part=part) for key, part in value]


def _show_organizations(value: list[tuple[Any, str]]) -> tuple[str, str]:
    return tuple(
        LIST_SEPARATOR.join(str(key) for key, one in value if one == part) for part in (Part.LEAD, Part.PARTNER)
    )


def _show_keys(value: list[Any]) -> tuple[str]:
    return (LIST_SEPARATOR.join(map(str, value)),)


def _parent(kind: str) -> Column:
    return Column(
        names=("parent",),
        kinds=(kind,),
        parse=lambda row, sources: sources.lookups.entry(kind, row["parent"]) if row.get("parent") else None,
        read=lambda page: getattr(page, f"{PARENT_FIELDS[kind]}_id"),
        write=lambda page, value: setattr(page, f"{PARENT_FIELDS[kind]}_id", value),
        show=lambda value: (str(value or ""),),
    )


def _picture(name: str, kinds: tuple[str, ...], attribute: str) -> Column:
    names = (name, f"{name}_alt", f"{name}_credit")

    def parse(row: Cells, sources: Sources) -> Wanted | None:
        source, alternative, credit = (row.get(one, "") for one in names)
        if not source:
            if alternative or credit:
                raise CellRefusedError(_("There are words for a picture, but no picture."))
            return None
        words = (cells.one_line(alternative, 255), cells.one_line(credit, 120))
        return sources.pictures.wanted(source, *words)

    return Column(
        names=names,
        kinds=kinds,
        parse=parse,
        read=lambda page: Wanted.of(getattr(page, attribute)),
        write=lambda page, value: setattr(page, attribute, value.stored(page.title) if value else None),
        show=lambda value: (value.source, value.alternative, value.credit) if value else ("", "", ""),
    )


COLUMNS: tuple[Column, ...] = (
    _field("title", BOTH, lambda text: _required(text, 255), is_text=True),
    _field("summary", BOTH, lambda text: _required(text, SUMMARY_LENGTH), is_text=True),
    Column(
        ("body", "blocks"), BOTH, _parse_body, lambda page: streams.portable(page)[0], _write_body, _show_body,
        is_text=True,
    ),
    _field("slug", BOTH, cells.slug, is_text=True),
    _terms("sectors", BOTH, Vocabulary.SECTOR),
    Column(
        ("hubs",), BOTH, lambda row, sources: sources.lookups.entry_list(Kind.HUB, row.get("hubs", "")),
        _hubs_of, _write_hubs, _show_keys,
    ),
    Column(
        ("place", "country", "latitude", "longitude", "place_id"), BOTH,
        _parse_place, lambda page: page.place, _write_place, _show_place,
    ),
    _picture("image", BOTH, "cover"),
    _parent(Kind.ORGANIZATION),
    _parent(Kind.PROJECT),
    _field("boost", BOTH, lambda text: int(cells.choice(text, ((0, "0"), (2, "2"), (5, "5")), "0"))),
    _term("type", ORGANIZATION, Vocabulary.ORGANIZATION_TYPE),
    _field("size", ORGANIZATION, lambda text: cells.choice(text, Size.choices)),
    _field("website", ORGANIZATION, cells.address),
    _field("email", ORGANIZATION, cells.email),
    _field("phone", ORGANIZATION, lambda text: cells.one_line(text, 40)),
    _field("address", ORGANIZATION, lambda text: cells.limited(text, 200)),
    _picture("logo", ORGANIZATION, "logo"),
    _term("status", PROJECT, Vocabulary.PROJECT_STATUS),
    _field("start", PROJECT, cells.day, attribute="start_date", show=_show_day),
    _field("end", PROJECT, cells.day, attribute="end_date", show=_show_day),
    _field("open", PROJECT, cells.yes_or_no, attribute="is_open", show=_show_flag),
    _field("attendance", PROJECT, lambda text: cells.choice(text, Attendance.choices, Attendance.PLACE)),
    _terms("skills", PROJECT, Vocabulary.SKILL),
    Column(
        ("lead", "partners"), PROJECT, _parse_organizations, _organizations_of, _write_organizations,
        _show_organizations,
    ),
)  # fmt: skip

IDENTITY = ("kind", "key", "language")


def columns_of(kind: str) -> list[Column]:
    """Return the columns that a kind of entry has."""
    return [column for column in COLUMNS if kind in column.kinds]


def known_names(languages: list[str]) -> list[str]:
    """Return every name that a column may have, translations included, in the order of an exported file."""
    neutral = dict.fromkeys(name for column in COLUMNS for name in column.names)
    texts = [name for code in languages for column in COLUMNS if column.is_text for name in column.in_language(code)]
    return [*IDENTITY, *neutral, *texts]
