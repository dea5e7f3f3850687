"""What every request passes before anything of ours reads it."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from cms.core.middleware import LONGEST_STEP, RequestGuardMiddleware

GUARD = RequestGuardMiddleware(lambda _request: HttpResponse("passed"))


def answer(address: str) -> int:
    return GUARD(RequestFactory().get(address)).status_code


@pytest.mark.parametrize(
    "address",
    [
        "/en/%00/", "/en/?q=%00", "/en/?%00=1", "/en/%C0%AF/", "/en/%ff/", "/en/?q=%C0%AF", "/en/?q=%ed%a0%80",
        "/%E0%80",
        "/en/?q=a+%ff", "/api/v1/projects/?hub=%00",
    ],
)  # fmt: skip
def test_bytes_that_are_no_text_are_refused(address: str) -> None:
    response = GUARD(RequestFactory().get(address))
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "address",
    [
        "/en/münchen/",
        "/en/%C3%BC/",
        "/en/?q=%F0%9F%A6%9C",
        "/en/?q=100%",
        "/en/?q=%25C0",
        "/en/100%25/",
        "/en/?a;b&&=",
        "/",
    ],
)
def test_odd_text_is_text(address: str) -> None:
    assert answer(address) == 200


def test_an_address_with_a_step_longer_than_any_name_leads_nowhere() -> None:
    assert answer(f"/en/{'x' * LONGEST_STEP}/") == 200
    assert answer(f"/en/{'x' * (LONGEST_STEP + 1)}/") == 404
    assert answer(f"/en/{'%C3%BC' * (LONGEST_STEP // 2 + 1)}/") == 404
    assert answer("/en/" + "x/" * 900) == 200


def test_numbers_are_written_with_the_digits_of_addresses() -> None:
    assert answer("/sitemap-1.xml") == 200
    assert answer("/sitemap-%D9%A3.xml") == 404


@given(st.text(max_size=40))
def test_any_text_passes_in_a_query_unless_it_holds_nul(text: str) -> None:
    request = RequestFactory().get("/en/", {"q": text.encode("utf-8", "replace").decode()})
    assert GUARD(request).status_code == (400 if "\x00" in text else 200)


@given(st.binary(max_size=40))
def test_any_bytes_are_answered(raw: bytes) -> None:
    quoted = "".join(f"%{byte:02X}" for byte in raw)
    assert {answer(f"/en/{quoted}/"), answer(f"/en/?q={quoted}")} <= {200, 400, 404}


@pytest.mark.django_db
def test_a_missing_api_address_is_no_way_to_a_page() -> None:
    missing = Client().get("/api/v1/nothing/", headers={"Accept-Language": "de"})
    assert (missing.status_code, missing.headers["Content-Type"]) == (404, "application/problem+json")
    assert "Location" not in missing.headers


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_write_to_a_missing_address_of_the_api_is_missing_not_forged(method: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/nothing/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
