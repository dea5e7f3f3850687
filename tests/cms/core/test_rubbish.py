import errno

import pytest
from django.db import DataError
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict, MultiValueDictKeyError

from cms.core.models import SiteMenu
from cms.core.rubbish import RefuseRubbishMiddleware, is_rubbish


def raised(action) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011 (the kind is what the test is about)
        action()
    return caught.value


def answer(request: HttpRequest, error: Exception) -> int | None:
    response = RefuseRubbishMiddleware(lambda _request: None).process_exception(request, error)
    return response and response.status_code


def test_a_word_where_a_number_belongs_is_rubbish():
    error = raised(lambda: SiteMenu.objects.filter(pk="nan").exists())

    assert is_rubbish(error)
    assert answer(RequestFactory().get("/"), error) == 404
    assert answer(RequestFactory().post("/"), error) == 400


def test_a_form_without_its_fields_is_rubbish():
    error = raised(lambda: MultiValueDict()["body-count"])

    assert isinstance(error, MultiValueDictKeyError)
    assert answer(RequestFactory().post("/"), error) == 400


@pytest.mark.parametrize("error", [OverflowError(), DataError(), OSError(errno.ENAMETOOLONG, "too long")])
def test_too_large_and_too_long_is_rubbish(error):
    assert is_rubbish(error)


@pytest.mark.parametrize(
    "error", [ValueError("ours"), KeyError("ours"), OSError(errno.ENOSPC, "disk full"), TypeError()]
)
def test_faults_of_ours_stay_faults(error):
    assert not is_rubbish(raised(lambda: (_ for _ in ()).throw(error)))
    assert answer(RequestFactory().get("/"), error) is None
