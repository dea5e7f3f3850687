"""Schemathesis over everything that the OpenAPI document declares."""

import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.contrib.auth import get_user_model
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from config.api import BELOW_LISTS, LONE_READS, READS
from config.wsgi import application
from platform_apps.accounts.enums import TokenScope
from platform_apps.accounts.services import create_token
from platform_apps.memberships.enums import Standing
from platform_apps.memberships.models import Invitation, Membership
from platform_apps.memberships.services import invite_by_link
from tests.actions import action_paths
from tests.factories.directory import Directory
from tests.factories.memberships import make_membership

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "25"))
# Each makes a member with a team of its own first, and takes three times as long as a read.
EXAMPLES_OF_DOORS = EXAMPLES // 4
# A value can be well-formed and still name nothing (a hub that does not exist), or need another parameter beside it
# (radius without near): OpenAPI cannot say so, and 400 is the documented answer.
EXCLUDED = [checks.positive_data_acceptance]
PATHS = [f"/api/v1/{name}/{end}" for name in READS for end in ("", "{id}/")]
PATHS += [f"/api/v1/{name}/" for name in LONE_READS]
PATHS += [f"/api/v1/{name}/{end}/" for end, views in BELOW_LISTS.items() for name in views]
# What members do: each method of each address, as nobody and as somebody who is admin of what there is.
DOORS = [
    (path, method.upper())
    for path, view in action_paths().items()
    for method in getattr(view, "operations", {"get": None})
]


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


def member_ids(directory: Directory, member: Any) -> list[str]:
    """Return ids that the addresses of members know: entries, memberships, invitations."""
    entry = directory.public("organization")[0]
    admin, _made = Membership.objects.get_or_create(
        entry=entry, user=member, defaults={"standing": "active", "role": "admin", "joined_at": timezone.now()}
    )
    link = Invitation.objects.filter(entry=entry).first() or invite_by_link(actor=member, entry=entry, max_uses=9)
    asked = Membership.objects.filter(entry=entry, standing="requested").first() or make_membership(
        entry, standing=Standing.REQUESTED
    )
    return [str(one.pk) for one in (entry, admin, link, asked)]


@pytest.mark.parametrize(("path", "method"), DOORS)
@given(data=st.data())
@settings(max_examples=EXAMPLES_OF_DOORS)
def test_declared_input_of_members(directory: Directory, db: None, path: str, method: str, data: Any) -> None:
    with transaction.atomic():
        member = get_user_model().objects.create_user("fuzz@example.org", first_name="Fuzz")
        ids = member_ids(directory, member)
        operation = document()[path][method]
        good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        bad = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
        case = data.draw(st.one_of(good, bad), "case")
        known = data.draw(st.none() | st.sampled_from(ids), "id of something")
        if known and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = known
        if data.draw(st.booleans(), "signed in"):
            _terms, key = create_token(user=member, name="fuzz", scope=TokenScope.WRITE, days=1)
            case.headers["Authorization"] = f"Bearer {key}"
        else:
            case.headers.pop("Authorization", None)
        # A picture is more than its schema can say.
        beyond = [checks.negative_data_rejection] if "avatar" in path else []
        case.call_and_validate(excluded_checks=[*EXCLUDED, checks.ignored_auth, *beyond])
        transaction.set_rollback(True)


def test_the_document_has_each_path(db: None) -> None:
    assert set(document().raw_schema["paths"]) == set(PATHS) | {path for path, _method in DOORS}
