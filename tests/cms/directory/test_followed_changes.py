"""A partner who follows the changes has the directory, on either database. Real transactions, so alone in its file."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.pages import build_tree, make_organization, make_project

pytestmark = pytest.mark.django_db(transaction=True)


def ask(address: str, **query: str) -> Any:
    answer = Client().get(address if "/" in address else f"/api/v1/{address}/", query or None)
    assert answer.status_code == 200, answer.content
    return answer.json()


def told(answer: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(row["id"], row["is_removed"]) for row in answer["results"]]


def test_a_copy_that_follows_the_changes_is_the_directory() -> None:
    tree = build_tree()
    group, first, second = (
        make_organization(tree),
        make_project(tree, title="First"),
        make_project(tree, title="Second"),
    )
    draft = make_project(tree, title="Nobody's business", publish=False)
    answer = ask("changes")
    assert told(answer) == [(str(page.translation_key), False) for page in (group, first, second)]
    assert ask(answer["results"][1]["api_url"])["title"] == "First"

    first.summary = "Other words."
    first.save_revision().publish()
    second.unpublish()
    group.delete()
    answer = ask(answer["resume"])
    assert told(answer) == [
        (str(first.translation_key), False),
        (str(second.translation_key), True),
        (str(group.translation_key), True),
    ]
    assert [row["api_url"] is None for row in answer["results"]] == [False, True, True]

    answer = ask(answer["resume"])
    assert answer["results"] == []
    draft.save_revision().publish()
    answer = ask(answer["resume"])
    assert told(answer) == [(str(draft.translation_key), False)]
    assert str(group.translation_key) in str(ask("changes", kind="organization"))
    assert not ask("changes", kind="story")["results"]
