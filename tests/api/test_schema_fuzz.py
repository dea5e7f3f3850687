"""Schemathesis over everything that the OpenAPI document declares."""

import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks
from wagtail.models import APIToken

from config.api import ACTIONS, BELOW_LISTS, LONE_READS, READS
from config.wsgi import application
from tests.factories.directory import Directory
from tests.factories.profiles import make_person

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "25"))
# A value can be well-formed and still name nothing (a hub that does not exist), or need another parameter beside it
# (radius without near): OpenAPI cannot say so, and 400 is the documented answer.
EXCLUDED = [checks.positive_data_acceptance]
PATHS = [f"/api/v1/{name}/{end}" for name in READS for end in ("", "{id}/")]
PATHS += [f"/api/v1/{name}/" for name in LONE_READS]
PATHS += [f"/api/v1/{name}/{end}/" for end, views in BELOW_LISTS.items() for name in views]
ACTION_PATHS = [f"/api/v1/{address}" for address in ACTIONS]


@pytest.fixture(autouse=True)
def _connection_stays_open() -> Iterator[None]:
    """A real request ends by closing a connection inside a transaction; here it is the one that holds the world.

    Django's test client does the same for its own requests.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@cache
def document() -> Any:
    """Return the schema as schemathesis reads it."""
    return schemathesis.openapi.from_wsgi("/api/v1/schema/", application)


def public_ids(directory: Directory) -> list[str]:
    """Return ids that some detail has; made-up ones alone would only ever see 404."""
    entries = [entry.pk for kind in directory.entries for entry in directory.public(kind)[:3]]
    terms = [term.translation_key for term in directory.terms.values()]
    return [str(key) for key in [*entries, *terms, *(place.pk for place in directory.places)]]


@pytest.mark.parametrize("path", PATHS)
@given(data=st.data())
@settings(max_examples=EXAMPLES)
def test_declared_input(directory: Directory, db: None, path: str, data: Any) -> None:
    operation = document()[path]["GET"]
    good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    bad = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    case = data.draw(st.one_of(good, bad), "case")
    known = data.draw(st.none() | st.sampled_from(public_ids(directory)), "id of something")
    if known and "id" in (case.path_parameters or {}):
        case.path_parameters["id"] = known
    case.call_and_validate(excluded_checks=EXCLUDED)


# Multipart is written by the test client of WSGI in a way of its own, and a picture is more than its schema can say.
ACTIONS_AT = [(f"/api/v1/{address}", method) for address, view in ACTIONS.items() for method in view.operations]


@pytest.fixture
def token(db: None) -> str:
    """The API token of somebody who is signed in and may do what everybody may."""
    _token, key = APIToken.create_token(user=make_person().user, name="fuzz")
    return str(key)


@pytest.mark.parametrize("is_signed_in", [False, True])
@pytest.mark.parametrize("action", ACTIONS_AT, ids=" ".join)
@given(data=st.data())
@settings(max_examples=EXAMPLES)
def test_declared_actions(
    directory: Directory, token: str, action: tuple[str, str], is_signed_in: bool, data: Any
) -> None:
    path, method = action
    operation = document()[path][method.upper()]
    good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    bad = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    case = data.draw(st.one_of(good, bad), "case")
    headers = {"Authorization": f"Bearer {token}"} if is_signed_in else {}
    known = data.draw(st.none() | st.sampled_from(public_ids(directory)), "id of something")
    if known and "id" in (case.path_parameters or {}):
        case.path_parameters["id"] = known
    # Without somebody signed in, the answer is 401 whatever is sent; with somebody, no scheme is left out.
    answer = case.call(headers=headers)
    case.validate_response(answer, excluded_checks=[*EXCLUDED, checks.ignored_auth, checks.negative_data_rejection])
    assert is_signed_in or answer.status_code in {400, 401, 404, 405, 406}


def test_the_document_has_each_path(db: None) -> None:
    assert set(document().raw_schema["paths"]) == {*PATHS, *ACTION_PATHS}
