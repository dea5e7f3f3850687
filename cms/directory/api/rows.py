"""Entries as rows of the API: from database row to dict, without model instances."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cms.directory.cards import place_name
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import TermLabel, Terms

from .related import Related

COLUMNS = (
    "id", "kind", "paths", "source_language", "shown_language", "hub_kind", "attendance", "is_open", "start_date",
    "end_date", "published_at", "last_activity_at", "member_count", "follower_count", "like_count", "comment_count",
    "place_id", "place__name", "place__names", "place__country", "place__latitude", "place__longitude", "text_title",
    "text_slug", "text_summary", "text_image", "text_language", "text_is_machine_draft", "text_is_stale",
    "is_verified",
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """For whom rows are made: the language, the words of the taxonomy in it, and the site's own address."""

    language: str
    labels: Terms
    absolute: Callable[[str], str]
    hub_kinds: Mapping[str, str] = field(default_factory=dict)


def entry_rows(
    rows: Iterable[dict[str, Any]], related: Mapping[uuid.UUID, Related], reader: Reader
) -> list[dict[str, Any]]:
    """Return the API's rows for `.values(*COLUMNS)` and what hangs on them."""
    return [entry_row(row, related[row["id"]], reader) for row in rows]


def entry_row(row: dict[str, Any], related: Related, reader: Reader) -> dict[str, Any]:
    """Return one row of the API."""
    paths, language = row["paths"], row["text_language"]
    distance = row.get("distance_km")
    return {
        "id": row["id"],
        "kind": row["kind"],
        "title": row["text_title"],
        "slug": row["text_slug"],
        "summary": row["text_summary"],
        "url": reader.absolute(paths.get(reader.language) or paths.get(row["shown_language"], "")),
        "language": language,
        "languages": related.languages,
        "is_translation": language != row["source_language"],
        "is_machine_translated": row["text_is_machine_draft"],
        "is_stale": row["text_is_stale"],
        "image": _image(row["text_image"], reader),
        "place": _place(row, reader.language),
        "hubs": related.hubs,
        "organizations": related.organizations,
        **_terms(row, related, reader),
        "attendance": row["attendance"],
        "is_open": row["is_open"],
        "is_verified": row["is_verified"],
        "start_date": row["start_date"],
        "end_date": row["end_date"],
        "published_at": row["published_at"],
        "last_activity_at": row["last_activity_at"],
        "counters": {
            "members": row["member_count"],
            "followers": row["follower_count"],
            "likes": row["like_count"],
            "comments": row["comment_count"],
        },
        "parent": related.parent,
        "distance_km": None if distance is None else round(distance, 3),
    }


def _terms(row: dict[str, Any], related: Related, reader: Reader) -> dict[str, Any]:
    shown = {vocabulary: reader.labels.shown(related.terms.get(vocabulary, ())) for vocabulary in Vocabulary}
    statuses, types = shown[Vocabulary.PROJECT_STATUS], shown[Vocabulary.ORGANIZATION_TYPE]
    entry_type = _term(types[0]) if types else None
    if row["hub_kind"]:
        name = str(reader.hub_kinds.get(row["hub_kind"], row["hub_kind"]))
        entry_type = {"id": None, "slug": row["hub_kind"], "name": name}
    return {
        "sectors": [_term(label) for label in shown[Vocabulary.SECTOR]],
        "skills": [_term(label) for label in shown[Vocabulary.SKILL]],
        "status": _term(statuses[0]) | {"phase": statuses[0].detail} if statuses else None,
        "type": entry_type,
    }


def _term(label: TermLabel) -> dict[str, Any]:
    return {"id": label.key, "slug": label.slug, "name": label.name}


def _image(image: dict[str, Any] | None, reader: Reader) -> dict[str, Any] | None:
    if not image:
        return None
    return {
        "url": reader.absolute(image["url"]),
        "width": image["width"],
        "height": image["height"],
        "alt": image["alt"],
        "credit": image.get("credit", ""),
    }


def _place(row: dict[str, Any], language: str) -> dict[str, Any] | None:
    if row["place_id"] is None:
        return None
    return {
        "id": row["place_id"],
        "name": place_name(row["place__name"], row["place__names"], language),
        "country": row["place__country"],
        "latitude": row["place__latitude"],
        "longitude": row["place__longitude"],
    }
