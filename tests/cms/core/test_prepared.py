"""A statement that was compiled for other values finds the same rows as one compiled for these."""

import uuid

import pytest
from django.db.models import F, QuerySet, Value

from cms.core.prepared import Prepared
from cms.places.models import Place
from tests.factories.places import PlaceFactory

pytestmark = pytest.mark.django_db


def named(*, ids: list[uuid.UUID], country: str, others: list[uuid.UUID]) -> QuerySet:
    """Two arms, one of which is there for some values only; ids, texts and JSON come back."""
    found = Place.objects.filter(pk__in=ids, country=country).annotate(why=Value("asked"), whose=F("pk"))
    arms = [found.order_by().values_list("pk", "names", "why", "whose")]
    for other in others:
        more = Place.objects.exclude(pk=other).filter(pk__in=ids).annotate(why=Value("other"), whose=F("pk"))
        arms.append(more.order_by().values_list("pk", "names", "why", "whose"))
    return arms[0].union(*arms[1:], all=True)


@pytest.fixture
def places() -> list[Place]:
    made = [PlaceFactory(country="DE" if number % 2 else "AT", names={"xx": f"n{number}"}) for number in range(12)]
    return sorted(made, key=lambda place: place.pk)


@pytest.mark.parametrize("number", [1, 2, 3, 5, 7, 12])
def test_it_finds_what_the_queryset_finds(places: list[Place], number: int) -> None:
    statement = Prepared(named)
    keys = [place.pk for place in places]
    for start in range(len(keys) - number + 1):
        for country in ("DE", "AT"):
            for others in ([], [keys[start]]):
                values = {"ids": keys[start : start + number], "country": country, "others": others}
                key = lambda row: (str(row[0]), row[2])  # noqa: E731
                assert sorted(statement(**values), key=key) == sorted(named(**values), key=key)


def test_it_is_built_once_for_a_shape(places: list[Place], django_assert_num_queries: object) -> None:
    built = []

    def build(**values: object) -> QuerySet:
        built.append(values)
        return named(**values)

    statement = Prepared(build)
    keys = [place.pk for place in places]
    for size in (6, 7, 8, 9, 10):
        with django_assert_num_queries(1):
            assert {row[0] for row in statement(ids=keys[:size], country="DE", others=[])} <= set(keys[:size])
    assert len(built) == 1
    list(statement(ids=keys, country="DE", others=[]))
    assert len(built) == 2


def test_nothing_to_ask_for_finds_nothing() -> None:
    assert list(Prepared(named)(ids=[], country="DE", others=[])) == []
