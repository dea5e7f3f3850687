"""The project list as the shortest program would answer it: two statements of our own, psycopg2, orjson, nothing else.

It gives the same bytes as the product for one question, and does only what these bytes need: no parameters are
checked, nobody is counted, and the sectors below the one asked for are looked up once. What the product needs beyond
this is what it costs to be Groundswell.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

import orjson
import psycopg2
from django.conf import settings
from django.utils.translation import override
from psycopg2.extras import RealDictCursor, register_uuid

from cms.core.api.pagination import Position, write_cursor
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import terms

ROWS = """
SELECT e.id, e.kind, e.paths, e.source_language, e.shown_language, e.attendance, e.is_open, e.start_date, e.end_date,
       e.published_at, e.last_activity_at, e.member_count, e.follower_count, e.like_count, e.comment_count, e.rank,
       e.place_id, p.name AS place_name, p.names AS place_names, p.country, p.latitude, p.longitude,
       coalesce(w.title, f.title) AS title, coalesce(w.slug, f.slug) AS slug,
       coalesce(w.summary, f.summary) AS summary, coalesce(w.image, f.image) AS image,
       coalesce(w.language, f.language) AS language, coalesce(w.is_stale, f.is_stale) AS is_stale,
       coalesce(w.is_machine_draft, f.is_machine_draft) AS is_machine_draft
FROM directory_entry e
LEFT JOIN directory_entrytext w ON w.entry_id = e.id AND w.is_live AND w.language = %(language)s
LEFT JOIN directory_entrytext f ON f.entry_id = e.id AND f.language = e.shown_language
LEFT JOIN places_place p ON p.id = e.place_id
WHERE e.state = 'published' AND e.kind = 'project' AND e.is_open
  AND EXISTS (SELECT 1 FROM directory_entryterm t WHERE t.entry_id = e.id AND t.key = ANY(%(sectors)s))
ORDER BY e.rank DESC, e.id LIMIT %(limit)s
"""
NAMED = """
  JOIN directory_entry o ON o.id = {other} AND o.state = 'published'
  LEFT JOIN directory_entrytext w ON w.entry_id = o.id AND w.is_live AND w.language = %(language)s
  LEFT JOIN directory_entrytext f ON f.entry_id = o.id AND f.language = o.shown_language
"""
LINK = "o.id, coalesce(w.title, f.title) AS name, coalesce(w.slug, f.slug) AS slug, o.paths"
TERM = """
SELECT t.entry_id, t.vocabulary, x.translation_key, x.name, x.slug, NULL::jsonb, {detail}, t.position
FROM directory_entryterm t JOIN taxonomy_{table} x ON x.translation_key = t.key
  JOIN wagtailcore_locale l ON l.id = x.locale_id AND l.language_code = %(language)s
WHERE t.entry_id = ANY(%(ids)s) AND t.vocabulary = '{vocabulary}'
"""
# A hub's own sector is shown as the general one that it counts as.
SECTOR = """
SELECT t.entry_id, 'sector', coalesce(c.translation_key, x.translation_key), coalesce(c.name, x.name),
       coalesce(c.slug, x.slug), NULL::jsonb, NULL, t.position
FROM directory_entryterm t JOIN taxonomy_sector x ON x.translation_key = t.key
  JOIN wagtailcore_locale l ON l.id = x.locale_id AND l.language_code = %(language)s
  LEFT JOIN taxonomy_sector c ON c.id = x.counterpart_id
WHERE t.entry_id = ANY(%(ids)s) AND t.vocabulary = 'sector'
"""
RELATED = f"""
SELECT k.entry_id AS owner, 'hub' AS relation, {LINK}, '' AS note, k.position
FROM directory_entryhub k {NAMED.format(other="k.hub_id")} WHERE k.entry_id = ANY(%(ids)s) AND k.is_direct
UNION ALL
SELECT k.entry_id, 'organization', {LINK}, k.part, k.position
FROM directory_entryorganization k {NAMED.format(other="k.organization_id")} WHERE k.entry_id = ANY(%(ids)s)
UNION ALL
SELECT e.id, 'parent', {LINK}, '', 0
FROM directory_entry e {NAMED.format(other="e.parent_id")} WHERE e.id = ANY(%(ids)s)
UNION ALL
SELECT entry_id, 'language', NULL, language, NULL, NULL, NULL, 0
FROM directory_entrytext WHERE entry_id = ANY(%(ids)s) AND is_live
UNION ALL {SECTOR}
UNION ALL {TERM.format(table="skill", vocabulary="skill", detail="NULL")}
UNION ALL {TERM.format(table="projectstatus", vocabulary="project_status", detail="x.phase")}
"""  # noqa: S608 (all of it stands above)

_link = threading.local()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Answer the one question, whatever the address says of others."""
    query = dict(parse_qsl(environ["QUERY_STRING"]))
    origin = f"http://{environ['HTTP_HOST']}"
    language, size = query["lang"], int(query["page_size"])
    body = orjson.dumps(_answer(query, origin, language, size))
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _answer(query: dict[str, str], origin: str, language: str, size: int) -> dict[str, Any]:
    sectors = _below(query["sector"], language)
    found = _rows(ROWS, language=language, sectors=sectors, limit=size + 1)
    rows, has_more = found[:size], len(found) > size
    related = _related([row["id"] for row in rows], language, origin)
    following = None
    if has_more:
        following = f"{origin}{LIST}?{urlencode(query | {'cursor': _cursor(rows[-1], query)})}"
    results = [_row(row, related[row["id"]], language, origin) for row in rows]
    return {"results": results, "next": following, "previous": None}


LIST = "/api/v1/projects/"


def _cursor(row: dict[str, Any], query: dict[str, str]) -> str:
    filters = sorted((name, text) for name, text in query.items() if name not in {"lang", "page_size"})
    bound = orjson.dumps([LIST, filters, "rank", ""]).decode()
    return write_cursor(Position(row["rank"], str(row["id"])), bound)


def _row(row: dict[str, Any], related: dict[str, list[Any]], language: str, origin: str) -> dict[str, Any]:
    paths = row["paths"]
    parent, status = related["parent"], related["project_status"]
    return {
        "id": row["id"],
        "kind": row["kind"],
        "title": row["title"],
        "slug": row["slug"],
        "summary": row["summary"],
        "url": origin + (paths.get(language) or paths.get(row["shown_language"], "")),
        "language": row["language"],
        "languages": related["language"],
        "is_translation": row["language"] != row["source_language"],
        "is_machine_translated": row["is_machine_draft"],
        "is_stale": row["is_stale"],
        "image": _image(row["image"], origin),
        "place": _place(row, language),
        "hubs": related["hub"],
        "organizations": related["organization"],
        "sectors": related["sector"],
        "skills": related["skill"],
        "status": status[0] if status else None,
        "type": None,
        "attendance": row["attendance"],
        "is_open": row["is_open"],
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
        "parent": parent[0] if parent else None,
        "distance_km": None,
    }


def _image(image: dict[str, Any] | None, origin: str) -> dict[str, Any] | None:
    if not image:
        return None
    shown = {name: image[name] for name in ("width", "height", "alt")}
    return {"url": origin + image["url"], **shown, "credit": image.get("credit", "")}


def _place(row: dict[str, Any], language: str) -> dict[str, Any] | None:
    if row["place_id"] is None:
        return None
    return {
        "id": row["place_id"],
        "name": row["place_names"].get(language) or row["place_name"],
        "country": row["country"],
        "latitude": row["latitude"],
        "longitude": row["longitude"],
    }


def _related(ids: list[Any], language: str, origin: str) -> dict[Any, dict[str, list[Any]]]:
    found: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    rows = _rows(RELATED, language=language, ids=ids)
    for row in sorted(rows, key=lambda row: (row["position"], row["name"])):
        found[row["owner"]][row["relation"]].append(_thing(row, language, origin))
    return found


def _thing(row: dict[str, Any], language: str, origin: str) -> Any:
    """Return a linked entry, a term or the code of a language as the answer shows it."""
    name, relation = row["name"], row["relation"]
    if relation == "language":
        return name
    slug = row["slug"]
    if row["paths"] is None:
        shown = {"id": row["id"], "slug": slug, "name": name}
        return shown | {"phase": row["note"]} if row["note"] else shown
    shown = {"id": row["id"], "title": name, "slug": slug, "url": origin + row["paths"].get(language, "")}
    return shown | {"part": row["note"]} if row["note"] else shown


@cache
def _below(sector: str, language: str) -> list[Any]:
    with override(language):
        labels = terms(language)
    label = labels.find(Vocabulary.SECTOR, sector)
    return sorted(labels.subtree(label.key)) if label else []


def _rows(statement: str, **values: Any) -> Iterable[Any]:
    if not hasattr(_link, "connection"):
        register_uuid()
        _link.connection = psycopg2.connect(settings.DATABASE_ADDRESS, cursor_factory=RealDictCursor)
        _link.connection.autocommit = True
        _link.connection.cursor().execute("SET TIME ZONE 'UTC'")
    with _link.connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
