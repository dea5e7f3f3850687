"""What lists and facets promise together: random combinations against plain loops over the same world."""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from cms.directory.enums import Attendance, Kind
from cms.directory.models import Entry, EntryHub, EntryTerm, EntryText
from tests.factories.directory import BERLIN, LEIPZIG, Directory, fill

MOST_QUERIES = 4
PATHS = {Kind.HUB: "hubs", Kind.ORGANIZATION: "organizations", Kind.PROJECT: "projects", Kind.STORY: "stories"}
BELOW = {
    "energy": {"energy", "solar", "balcony-solar"}, "solar": {"solar", "balcony-solar"}, "food": {"food"},
    "crafts": {"crafts", "carpentry"}, "carpentry": {"carpentry"}, "law": {"law"}, "running": {"running"},
    "idea": {"idea"}, "club": {"club"}, "city-hall": {"city-hall"},
}  # fmt: skip
TERMS = {
    "sector": ["energy", "solar", "food"],
    "skill": ["crafts", "carpentry", "law"],
    "status": ["running", "idea"],
    "type": ["club", "city-hall"],
}
HUB_KINDS = ["location", "sector", "custom"]
LANGUAGES = ["en", "de"]
WORDS = ["alpha", "BETA", "gamma in", "about delta", "(de)", "nothing"]
FACETS = {
    Kind.HUB: ["sector", "type", "language"],
    Kind.ORGANIZATION: ["sector", "type", "hub", "language"],
    Kind.PROJECT: ["sector", "status", "open", "online", "skill", "hub", "language"],
    Kind.STORY: ["sector", "hub", "language"],
}


class Naive:
    """The same world in plain dictionaries."""

    def __init__(self, world: Directory) -> None:
        self.world = world
        slugs = {term.translation_key: slug for slug, term in world.terms.items()}
        self.terms: dict[Any, set[str]] = {}
        for term in EntryTerm.objects.all():
            self.terms.setdefault(term.entry_id, set()).add(slugs[term.key])
        self.hubs: dict[Any, set[str]] = {}
        public = {hub.id for hub in world.public(Kind.HUB)}
        for link in EntryHub.objects.all():
            if link.hub_id in public:
                self.hubs.setdefault(link.entry_id, set()).add(str(link.hub_id))
        self.texts: dict[Any, list[EntryText]] = {}
        for text in EntryText.objects.live():
            self.texts.setdefault(text.entry_id, []).append(text)

    def values(self, entry: Entry, facet: str) -> set[str]:
        """Return the values of a facet under which an entry is found."""
        if facet in TERMS and not (facet == "type" and entry.kind == Kind.HUB):
            carried = self.terms.get(entry.id, set())
            return {slug for slug in TERMS[facet] if BELOW[slug] & carried}
        match facet:
            case "type":
                return {entry.hub_kind}
            case "hub":
                return self.hubs.get(entry.id, set())
            case "language":
                return {text.language for text in self.texts[entry.id]}
            case "open":
                return {str(entry.is_open).lower()}
            case _:
                return {str(entry.attendance != Attendance.PLACE).lower()}

    def holds(self, entry: Entry, query: dict[str, Any], *, but: str = "") -> bool:
        for name, wanted in query.items():
            if name == "q":
                words = wanted.lower().split()
                texts = [
                    (text.title.lower(), text.summary.lower(), text.search_text.lower())
                    for text in self.texts[entry.id]
                ]
                if not any(all(any(word in part for part in text) for word in words) for text in texts):
                    return False
            elif name == "near":
                if entry.latitude is None or distance(entry, wanted) > query["radius"]:
                    return False
            elif name not in {but, "radius"} and not self.values(entry, name) & set(wanted):
                return False
        return True


def says(text: EntryText, words: list[str]) -> bool:
    parts = [part.lower() for part in (text.title, text.summary, text.search_text)]
    return all(any(word in part for part in parts) for word in words)


def distance(entry: Entry, point: tuple[float, float]) -> float:
    one, other = math.radians(entry.latitude), math.radians(point[0])
    cosine = math.sin(one) * math.sin(other) + math.cos(one) * math.cos(other) * math.cos(
        math.radians(entry.longitude - point[1])
    )
    return 6371.0088 * math.acos(max(-1.0, min(1.0, cosine)))


@pytest.fixture(scope="module")
def naive(directory: Directory, django_db_blocker: Any) -> Naive:
    with django_db_blocker.unblock():
        return Naive(directory)


def choices(facet: str, kind: str, world: Directory) -> list[str]:
    if facet == "hub":
        return [str(hub.id) for hub in world.public(Kind.HUB)]
    if facet == "type" and kind == Kind.HUB:
        return HUB_KINDS
    return TERMS.get(facet) or (LANGUAGES if facet == "language" else ["true", "false"])


def draw_query(data: Any, kind: str, world: Directory) -> dict[str, Any]:
    """Return a combination: several values of each facet where the API takes several."""
    query: dict[str, Any] = {}
    for facet in FACETS[kind]:
        most = 1 if facet in {"open", "online"} else 3
        chosen = data.draw(
            st.one_of(
                st.none(),
                st.lists(st.sampled_from(choices(facet, kind, world)), min_size=1, max_size=most, unique=True),
            ),
            facet,
        )
        if chosen:
            query[facet] = chosen
    if data.draw(st.booleans(), "with words"):
        query["q"] = data.draw(st.sampled_from(WORDS), "words")
    if data.draw(st.booleans(), "with a place"):
        query |= {
            "near": data.draw(st.sampled_from([BERLIN, LEIPZIG])),
            "radius": data.draw(st.sampled_from([9, 60, 400])),
        }
    return query


def written(query: dict[str, Any]) -> dict[str, str]:
    return {
        name: ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        for name, value in query.items()
    }


@pytest.mark.parametrize("kind", PATHS)
@given(data=st.data())
def test_any_combination_shows_and_counts_what_a_plain_loop_does(
    directory: Directory, naive: Naive, db: None, kind: str, data: Any
) -> None:
    query, client = draw_query(data, kind, directory), Client()
    found = [entry for entry in directory.public(kind) if naive.holds(entry, query)]
    rows = client.get(f"/api/v1/{PATHS[kind]}/", written(query) | {"page_size": "100", "fields": "id"}).json()
    assert Counter(row["id"] for row in rows["results"]) == Counter(str(entry.id) for entry in found)
    answer = client.get(f"/api/v1/{PATHS[kind]}/facets/", written(query)).json()
    assert answer["total"] == len(found)
    assert [facet["name"] for facet in answer["facets"]] == FACETS[kind]
    for facet in answer["facets"]:
        name = facet["name"]
        meant = [entry for entry in directory.public(kind) if naive.holds(entry, query, but=name)]
        expected = Counter(value for entry in meant for value in naive.values(entry, name))
        by = "key" if name == "hub" else "slug"
        assert {value[by]: value["count"] for value in facet["values"]} == dict(expected), name


def test_the_combinations_tell_filters_apart(directory: Directory, naive: Naive) -> None:
    """The world would not notice a facet that lets everything or nothing through, were it all alike."""
    for kind, facets in FACETS.items():
        entries = directory.public(kind)
        for facet in facets:
            numbers = Counter(value for entry in entries for value in naive.values(entry, facet))
            assert any(0 < number < len(entries) for number in numbers.values()), (kind, facet)


@pytest.mark.parametrize("path", PATHS.values())
@pytest.mark.parametrize("is_narrowed", [False, True])
def test_counts_cost_the_same_at_50_and_5000_rows(
    directory: Directory, client: Client, path: str, *, is_narrowed: bool
) -> None:
    query: dict[str, str] = {}
    if is_narrowed:
        query = {"sector": "energy,food", "near": "52.5,13.4", "radius": "500", "q": "about", "language": "en"}
        if path == "projects":
            query |= {"open": "true", "status": "running,idea"}
        if path != "hubs":
            query["hub"] = ",".join(str(hub.id) for hub in directory.public(Kind.HUB)[:2])
    few = _queries(client, path, query)
    if path == "projects":
        fill(directory, Kind.PROJECT, 4950)
    assert _queries(client, path, query) == few <= MOST_QUERIES


def _queries(client: Client, path: str, query: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/api/v1/{path}/facets/", query)
    assert answer.status_code == 200, answer.content
    return len(queries)


@pytest.mark.parametrize(
    "query",
    [{"sector": "no-such"}, {"sector": "energy,"}, {"sector": ",".join(["energy"] * 21)}, {"open": "yes"}, {"q": " "},
     {"q": "a " * 11}, {"radius": "5"}, {"ordering": "rank"}, {"cursor": "x"}, {"fields": "name"},
     {"page_size": "5"}, {"hub": "energy"}, {"unknown": "1"}],
)  # fmt: skip
def test_counts_refuse_what_they_do_not_know(
    directory: Directory, ask: Callable[..., Any], query: dict[str, str]
) -> None:
    if query != {"near": "52,13"}:
        assert ask("projects/facets", query, status=400)["errors"].keys() == query.keys()
    else:
        assert ask("projects/facets", query)["total"]


def test_values_speak_the_language_of_the_reader(directory: Directory, ask: Callable[..., Any]) -> None:
    labels = {
        value["slug"]: value["label"]
        for facet in ask("projects/facets", {"lang": "de"})["facets"]
        for value in facet["values"]
    }
    assert labels["energy"] == "energy de"
    assert labels["de"] == "Deutsch"


def test_a_term_names_what_stands_above_it(directory: Directory, ask: Callable[..., Any]) -> None:
    sectors = {value["slug"]: value for value in ask("projects/facets")["facets"][0]["values"]}
    assert sectors["solar"]["parent"] == sectors["energy"]["key"]
    assert sectors["energy"]["parent"] is None
    assert "balcony-solar" not in sectors


@pytest.mark.parametrize("path", [*PATHS.values()])
def test_only_the_fields_asked_for(directory: Directory, ask: Callable[..., Any], path: str) -> None:
    rows = ask(path, {"fields": "title,id"})["results"]
    assert rows
    assert all(list(row) == ["title", "id"] for row in rows)
    assert ask(path, {"fields": "id"}, status=200)["results"][0].keys() == {"id"}


@pytest.mark.parametrize("fields", ["", "nothing", "id,", "id,nothing", "id;title", "*", "x" * 1001])
def test_fields_that_there_are_not(directory: Directory, ask: Callable[..., Any], fields: str) -> None:
    assert ask("projects", {"fields": fields}, status=400)["errors"].keys() == {"fields"}


def test_the_fields_of_a_cursor_may_change(directory: Directory, ask: Callable[..., Any]) -> None:
    page = ask("projects", {"fields": "id", "page_size": 5})
    assert all(list(row) == ["id"] for row in ask(page["next"])["results"])
