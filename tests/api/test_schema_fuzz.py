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

from config.api import BELOW_LISTS, LONE_READS, READS
from config.wsgi import application
from platform_apps.accounts.enums import TokenScope
from platform_apps.accounts.services import create_token
from tests.actions import action_paths
from tests.factories.accounts import make_member
from tests.factories.directory import Directory

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "25"))
# A value can be well-formed and still name nothing (a hub that does not exist), or need another parameter beside it
# (radius without near): OpenAPI cannot say so, and 400 is the documented answer.
EXCLUDED = [checks.positive_data_acceptance]
PATHS = [f"/api/v1/{name}/{end}" for name in READS for end in ("", "{id}/")]
PATHS += [f"/api/v1/{name}/" for name in LONE_READS]
PATHS += [f"/api/v1/{name}/{end}/" for end, views in BELOW_LISTS.items() for name in views]

# What members do, by path and method.
ACTS = [(path, method.upper()) for path, view in action_paths().items() for method in view.operations]


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


@pytest.fixture(scope="module")
def secret(directory: Directory, django_db_blocker: Any) -> str:
    """The token of a member, for what members do."""
    with django_db_blocker.unblock():
        return create_token(user=make_member(), name="fuzz", scope=TokenScope.WRITE, days=1)[1]


@pytest.mark.parametrize(("path", "method"), ACTS)
@given(data=st.data())
@settings(max_examples=EXAMPLES)
def test_declared_input_of_what_members_do(
    directory: Directory, db: None, secret: str, path: str, method: str, data: Any
) -> None:
    operation = document()[path][method]
    good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    bad = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    case = data.draw(st.one_of(good, bad), "case")
    is_known = data.draw(st.booleans(), "signed in")
    case.headers = dict(case.headers or {})
    case.headers.pop("Authorization", None)
    if is_known:
        case.headers["Authorization"] = f"Bearer {secret}"
    answer = case.call(headers=case.headers)
    case.validate_response(answer, excluded_checks=[*EXCLUDED, checks.ignored_auth])
    assert is_known or answer.status_code in {400, 401, 405, 406}


def test_the_document_has_each_path(db: None) -> None:
    assert set(document().raw_schema["paths"]) == set(PATHS) | {path for path, _method in ACTS}
