import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from cms.places.geo import Box
from cms.places.models import Place
from tests.factories.places import PlaceFactory, square

pytestmark = pytest.mark.django_db


def test_box_follows_the_outline():
    place = PlaceFactory(outlined=True)
    assert place.box == pytest.approx((52.51, 13.395, 52.53, 13.415))
    place.boundary = square(10, 20, 1)
    place.save(update_fields=["boundary"])
    place.refresh_from_db()
    assert place.box == Box(9, 19, 11, 21)


def test_box_goes_with_an_outline_taken_away():
    place = PlaceFactory(outlined=True)
    place.boundary = None
    place.full_clean()
    assert place.box is None


def test_broken_outline_is_reported_at_its_field():
    place = PlaceFactory.build(boundary={"type": "Polygon", "coordinates": []})
    with pytest.raises(ValidationError) as refusal:
        place.full_clean()
    assert set(refusal.value.message_dict) == {"boundary"}


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (-91, 0), (0, 181), (0, -181), (float("nan"), 0)])
def test_the_database_refuses_impossible_degrees(latitude, longitude):
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.bulk_create([PlaceFactory.build(latitude=latitude, longitude=longitude)])


def test_own_places_get_an_identity():
    first, second = [Place.objects.create(name="Yard", country="DE", latitude=1, longitude=1) for _number in range(2)]
    assert (first.source, first.source_id) == ("own", str(first.pk))
    assert first.source_id != second.source_id


def test_names_and_labels():
    berlin = PlaceFactory(name="Berlin")
    district = PlaceFactory(name="Cologne", names={"de": "Köln"}, parent=berlin)
    assert district.name_in("de") == district.name_in("de-ch") == "Köln"
    assert district.name_in("fr") == "Cologne"
    assert district.label_in("de") == "Köln, Berlin, DE"


def test_search_names_follow_a_new_name():
    place = PlaceFactory(name="Cologne", names={"de": "Köln"})
    assert set(place.search_names.values_list("language", "folded")) == {
        ("", "cologne"),
        ("de", "koln"),
        ("de", "koeln"),
    }
    place.name, place.names = "Bonn", {}
    place.save(update_fields=["name", "names"])
    assert set(place.search_names.values_list("folded", flat=True)) == {"bonn"}


def test_postgis_columns_follow_every_write(django_assert_num_queries):
    place = PlaceFactory(outlined=True)
    Place.objects.filter(pk=place.pk).update(latitude=F("latitude") + 1, boundary=square(0, 0, 1))
    assert Place.objects.within_radius(53.52, 13.405, 1).get() == place
    with django_assert_num_queries(1):
        assert Place.objects.inside(PlaceFactory.build(boundary=square(53.52, 13.405, 0.1))).get() == place
