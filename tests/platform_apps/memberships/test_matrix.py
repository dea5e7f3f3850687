"""Every role against every door of the API: what opens, what does not, and that nothing happens behind a closed one."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.forms.models import model_to_dict

from config.api import ACTIONS
from platform_apps.core.models import OutgoingMail
from platform_apps.memberships.models import Invitation, Membership, TeamSettings
from platform_apps.memberships.tokens import token_of
from tests.factories.memberships import ROLES, TeamWorld, build_team, make_invitation, sign_in

pytestmark = pytest.mark.django_db
DECIDERS = ("admin", "operator")
# Door -> method, target (whose membership, or the team), what is sent, statuses by role; the rest gets the last one.
M, T, I = "memberships/<uuid:id>/", "teams/<uuid:id>/", "invitations/"  # noqa: E741
SETTINGS = {"policy": "open", "questions": []}


def only(status: int, *roles: str, others: int) -> dict[str, int]:
    """Return the statuses of a door that opens to some."""
    return {role: status if role in roles else others for role in ROLES} | {"anonymous": 401}


DOORS: list[tuple[str, str, str, Any, dict[str, int]]] = [
    ("memberships/", "get", "", None, only(200, *ROLES, others=200)),
    ("memberships/", "post", "join", None, {
        "anonymous": 401, "outsider": 201, "asked": 201, "pending": 201, "declined": 409, "member": 201, "editor": 201,
        "admin": 201, "former": 201, "removed": 201, "banned": 403, "other_admin": 201, "moderator": 201,
        "operator": 201,
    }),
    (M, "get", "member", None, only(200, "member", *DECIDERS, others=404)),
    (M, "patch", "member", {"role": "admin"}, only(200, *DECIDERS, others=404) | {"member": 403}),
    (M, "patch", "member", {"title": "Bees"}, only(200, "member", *DECIDERS, others=404)),
    (M, "patch", "member", {"is_listed": False}, only(200, "member", others=404) | dict.fromkeys(DECIDERS, 403)),
    (M + "approval/", "post", "pending", None, only(200, *DECIDERS, others=404) | {"pending": 403}),
    (M + "refusal/", "post", "pending", {"reason": "No"}, only(200, *DECIDERS, others=404) | {"pending": 403}),
    (M + "withdrawal/", "post", "pending", None, only(200, "pending", others=404) | dict.fromkeys(DECIDERS, 403)),
    (M + "consent/", "post", "asked", {"agrees": True}, only(200, "asked", others=404) | dict.fromkeys(DECIDERS, 403)),
    (M + "departure/", "post", "editor", None, only(200, "editor", others=404) | dict.fromkeys(DECIDERS, 403)),
    (M + "removal/", "post", "editor", {}, only(200, *DECIDERS, others=404) | {"editor": 403}),
    (M + "ban/", "post", "member", {}, only(200, *DECIDERS, others=404) | {"member": 403}),
    (M + "ban/", "delete", "banned", None, only(204, *DECIDERS, others=404) | {"banned": 403}),
    (M + "handover/", "post", "member", None, only(200, "admin", others=404) | {"member": 403, "operator": 403}),
    (I + "acceptances/", "post", "accept", None, only(201, *ROLES, others=201) | {"banned": 403}),
    (I + "<uuid:id>/", "delete", "invitation", None, only(204, *DECIDERS, others=404)),
    (T + "members/", "get", "team", None, dict.fromkeys(ROLES, 200)),
    (T + "requests/", "get", "team", None, only(200, *DECIDERS, others=403)),
    (T + "settings/", "get", "team", None, only(200, *ROLES, others=200)),
    (T + "settings/", "put", "team", SETTINGS, only(200, *DECIDERS, others=403)),
    (T + "order/", "put", "team", {"members": []}, only(204, *DECIDERS, others=403)),
    (T + "additions/", "post", "add", None, only(201, *DECIDERS, others=403)),
    (T + "invitations/", "get", "team", None, only(200, *DECIDERS, others=403)),
    (T + "invitations/", "post", "team", {"emails": ["new@example.org"]}, only(201, *DECIDERS, others=403)),
    (T + "verification/", "put", "team", None, only(204, "moderator", "operator", others=403)),
    (T + "verification/", "delete", "team", None, only(204, "moderator", "operator", others=403)),
]  # fmt: skip


class UndoError(Exception):
    """Rolls the world back when the module is done."""


@pytest.fixture(scope="module")
def team(django_db_setup: Any, django_db_blocker: Any) -> Iterator[tuple[TeamWorld, Invitation]]:
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                world = build_team()
                yield world, make_invitation(world.entry, world.users["admin"], max_uses=5)
                raise UndoError
        except UndoError:
            pass


def test_every_door_has_an_expectation() -> None:
    expected = {(address, method) for address, method, *_rest in DOORS}
    ours = {
        address: view for address, view in ACTIONS.items() if view.__module__.startswith("platform_apps.memberships")
    }
    methods = {
        (address, method) for address, view in ours.items() for method in getattr(view, "operations", {"get": None})
    }
    assert methods == expected
    assert all(set(statuses) == set(ROLES) for *_rest, statuses in DOORS)


def sent(world: TeamWorld, invitation: Invitation, target: str, data: Any) -> tuple[Any, Any]:
    """Return the id in the address, and what is sent."""
    if target == "join":
        return None, {"entry": str(world.entry.pk)}
    if target == "accept":
        return None, {"token": token_of(invitation.pk)}
    if target == "add":
        return world.entry.pk, {"person": str(world.users["outsider"].uuid)}
    if target == "invitation":
        return invitation.pk, data
    return (world.memberships[target].pk if target in world.memberships else world.entry.pk), data


def everything() -> list[Any]:
    rows = [*Membership.objects.order_by("pk"), *Invitation.objects.order_by("pk"), *TeamSettings.objects.all()]
    return [model_to_dict(row) for row in rows] + [OutgoingMail.objects.count()]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("door", DOORS, ids=[f"{door[1]} {door[0]}{number}" for number, door in enumerate(DOORS)])
def test_doors(team: tuple[TeamWorld, Invitation], db: None, role: str, door: tuple[Any, ...]) -> None:
    (world, invitation), (address, method, target, data, statuses) = team, door
    key, data = sent(world, invitation, target, data)
    path = "/api/v1/" + address.replace("<uuid:id>", str(key))
    before = everything()
    body = {} if method == "get" else {"data": "" if data is None else data, "content_type": "application/json"}
    answer = getattr(sign_in(world.users[role]), method)(path, **body)
    assert answer.status_code == statuses[role], answer.content
    if answer.status_code >= 400:
        assert everything() == before
        assert answer.headers["Content-Type"] == "application/problem+json"
