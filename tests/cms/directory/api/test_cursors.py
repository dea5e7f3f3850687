"""A cursor is good for its own query and nothing else."""

from typing import Any

from cms.directory.enums import Kind
from tests.factories.directory import Directory


def test_a_cursor_works_only_for_the_query_it_came_from(directory: Directory, ask: Any) -> None:
    hub = str(directory.public(Kind.HUB)[0].id)
    query = {"page_size": 2, "ordering": "newest", "sector": "energy"}
    cursor = dict(part.split("=") for part in ask("projects", query)["next"].split("?")[1].split("&"))["cursor"]
    for path, other in [
        ("projects", query | {"ordering": "rank"}),
        ("projects", query | {"ordering": "oldest"}),
        ("projects", query | {"sector": "food"}),
        ("projects", query | {"open": "true"}),
        ("projects", query | {"hub": hub}),
        ("projects", {"ordering": "newest"}),
        ("stories", query),
    ]:
        assert ask(path, other | {"cursor": cursor}, status=400)["errors"].keys() == {"cursor"}
    for other in ({"page_size": 50}, {"lang": "de"}):
        ask("projects", query | other | {"cursor": cursor})
    for broken in (cursor[:-1], cursor[1:], "x", cursor + "A", cursor.replace(".", "")):
        ask("projects", query | {"cursor": broken}, status=400)


def test_a_cursor_by_title_is_bound_to_the_language(directory: Directory, ask: Any) -> None:
    following = ask("projects", {"page_size": 2, "ordering": "title", "lang": "de"})["next"]
    ask(following)
    ask(following.replace("lang=de", "lang=en"), status=400)
