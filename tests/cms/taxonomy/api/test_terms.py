from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.api import READS
from tests.cms.directory.api.test_lists import assert_fits
from tests.factories.directory import make_terms

SLUGS = {
    "sectors": {"energy", "solar", "food", "balcony-solar"},
    "skills": {"crafts", "carpentry", "law"},
    "organization-types": {"club", "city-hall"},
    "project-statuses": {"running", "idea"},
}


@pytest.fixture
def terms(db: None) -> dict[str, Any]:
    return make_terms()


@pytest.mark.parametrize("path", SLUGS)
def test_the_whole_vocabulary_in_one_query(terms: dict[str, Any], client: Client, path: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/api/v1/{path}/?lang=de").json()
    assert len(queries) == 1
    assert {row["slug"] for row in answer["results"]} == SLUGS[path]
    assert (answer["next"], answer["previous"]) == (None, None)
    serializer = READS[path][0].row_serializer()
    for row in answer["results"]:
        assert_fits(row, serializer)
        assert row["name"] == f"{row['slug']} de"
        assert client.get(f"/api/v1/{path}/{row['id']}/?lang=de").json() == row


def test_sectors_form_a_tree_and_name_their_counterpart(terms: dict[str, Any], client: Client) -> None:
    rows = {row["slug"]: row for row in client.get("/api/v1/sectors/").json()["results"]}
    assert rows["solar"]["parent"] == rows["energy"]["id"]
    assert rows["energy"]["parent"] is None
    assert rows["balcony-solar"]["counterpart"] == rows["solar"]["id"]
    assert rows["solar"]["hue"] == "energy"
    assert client.get("/api/v1/project-statuses/").json()["results"][0]["phase"] in {"active", "planned"}


@pytest.mark.parametrize("path", SLUGS)
def test_unknown(terms: dict[str, Any], client: Client, path: str) -> None:
    other = terms["law" if path != "skills" else "food"].translation_key
    for key in (uuid4(), other):
        assert client.get(f"/api/v1/{path}/{key}/").status_code == 404
    assert client.get(f"/api/v1/{path}/?page_size=5").status_code == 400
