import copy
import functools
import io

import pytest
from django.core.management import call_command
from django.test import TestCase

from cms.places import gazetteer
from cms.places.enums import PlaceKind
from cms.places.gazetteer import HERE
from cms.places.models import Place, PlaceName
from cms.places.outlines import validate_boundary
from cms.places.selectors import find_place, search_places
from cms.places.services import Loaded, load_places
from tests.factories.places import PlaceFactory, square

DEMO_HUBS = ["Berlin", "Neukölln", "Hamburg", "Münster", "Leipzig", "Freiburg", "Potsdam", "Wien", "Kiel"]

read_once = functools.cache(gazetteer.read_places)


def world(*countries):
    """Return new, unsaved places of some countries, or all, as the gazetteer has them."""
    return [copy.deepcopy(place) for place in read_once() if not countries or place.country in countries]


class Loading(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_places(places=world("DE", "AT", "CH"))

    def test_twice_changes_nothing(self):
        before = list(Place.objects.order_by("pk").values()), PlaceName.objects.count()
        again = load_places(places=world("DE", "AT", "CH"))
        assert again == Loaded(added=0, changed=0, unchanged=len(before[0]))
        assert (list(Place.objects.order_by("pk").values()), PlaceName.objects.count()) == before

    def test_corrections_arrive_and_outlines_of_editors_stay(self):
        drawn = square(52.5, 13.4, 0.2)
        berlin = find_place("Berlin, DE")
        berlin.boundary, berlin.population, berlin.name = drawn, 5, "Bärlin"
        berlin.save()
        assert load_places(places=world("DE")).changed == 1
        assert find_place("Bärlin") is None
        berlin = find_place("Berlin")
        assert berlin.boundary == drawn
        assert berlin.population > 3_000_000

    def test_demo_hubs_lie_in_their_outlines(self):
        for name in DEMO_HUBS:
            place = find_place(name)
            validate_boundary(place.boundary)
            assert place.boundary_source
            assert place in Place.objects.inside(place)

    def test_districts_of_city_states(self):
        neukoelln = find_place("Neukölln, DE")
        assert (neukoelln.kind, neukoelln.parent.name) == (PlaceKind.DISTRICT, "Berlin")
        assert find_place("Berlin").parent is None

    def test_find_place_in_any_language(self):
        asked = ["Köln", "cologne, de", "Wien, AT", "Muenchen", "Zuerich"]
        assert [find_place(text).name for text in asked] == ["Köln", "Köln", "Vienna", "Munich", "Zürich"]

    def test_find_place_prefers_the_largest_and_keeps_to_the_country(self):
        assert find_place("Freiburg").country == "DE"
        assert find_place("Berlin, AT") is None
        assert find_place("Nowhere") is None
        assert find_place("") is None

    def test_search(self):
        with self.assertNumQueries(1):
            labels = [place.label_in("de") for place in search_places("neuko", "de", 3)]
        assert labels == ["Neukölln, Berlin, DE"]
        assert [place.name for place in search_places("MUN", "en", 2)] == ["Munich", "Münster"]
        assert len(search_places("s", "de", 7)) == 7
        assert search_places("%", "de") == search_places(" ", "de") == []


@pytest.mark.django_db
def test_command_says_what_it_did(monkeypatch):
    few = world("LI", "LU")
    monkeypatch.setattr("cms.places.management.commands.load_gazetteer.read_places", lambda: few)
    output = io.StringIO()
    call_command("load_gazetteer", stdout=output)
    assert f"{len(few)} added, 0 corrected, 0 unchanged." in output.getvalue()
    assert Place.objects.count() == len(few) > 0


def test_the_world_is_complete():
    places = read_once()
    assert len(places) > 30_000
    assert len({place.country for place in places}) > 200
    assert len({place.pk for place in places}) == len(places)


def test_ids_are_the_same_on_every_machine():
    berlin = next(place for place in read_once() if place.source_id == "2950159")
    assert str(berlin.pk) == "9e02d14b-db42-5603-a555-b372e820e4bf"


def test_every_exonym_and_outline_belongs_to_a_city():
    numbers = {place.source_id for place in read_once()}
    rows = (HERE / "data" / "exonyms.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) > 100
    assert {row.split(",")[0] for row in rows} <= numbers
    outlines = list((HERE / "boundaries").glob("*.geojson"))
    assert len([place for place in read_once() if place.boundary]) == len(outlines) == len(DEMO_HUBS)
    assert all(path.stat().st_size < 15_000 for path in outlines)


@pytest.mark.django_db
def test_search_puts_exact_names_first():
    PlaceFactory(name="Sankt Pölten", population=60_000)
    small = PlaceFactory(name="Sankt", population=10)
    assert search_places("sankt", "de")[0] == small


@pytest.mark.django_db
def test_search_ranks_names_in_the_language_first():
    foreign = PlaceFactory(name="Bergamo", names={"it": "Gandino"}, population=900_000)
    native = PlaceFactory(name="Gandia", population=70_000)
    assert search_places("gand", "de") == [native, foreign]
    assert search_places("gand", "it") == [foreign, native]
