import pytest
from django.db import connection
from django.test import TestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from cms.places.geo import great_circle_km
from cms.places.models import Place
from tests.factories.places import PlaceFactory, square

BERLIN = (52.52437, 13.41053)
MUNICH = (48.13743, 11.57549)


def hundredths(pair):
    return pair[0] / 100, pair[1] / 100


def names(places):
    return {place.name for place in places}


class Distances(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.berlin = PlaceFactory(name="Berlin", latitude=BERLIN[0], longitude=BERLIN[1])
        cls.munich = PlaceFactory(name="Munich", latitude=MUNICH[0], longitude=MUNICH[1])
        cls.suva = PlaceFactory(name="Suva", latitude=-18.14, longitude=178.44)
        cls.apia = PlaceFactory(name="Apia", latitude=-13.83, longitude=-171.77)
        cls.mitte = PlaceFactory(name="Mitte", latitude=52.52, longitude=13.40, parent=cls.berlin)

    def test_berlin_to_munich(self):
        munich = Place.objects.order_by_distance(*BERLIN).get(name="Munich")
        assert munich.distance_km == pytest.approx(504, rel=0.005)

    def test_radius(self):
        assert names(Place.objects.within_radius(*BERLIN, 500)) == {"Berlin", "Mitte"}
        assert names(Place.objects.within_radius(*BERLIN, 510)) == {"Berlin", "Mitte", "Munich"}

    def test_radius_over_the_antimeridian(self):
        assert names(Place.objects.within_radius(-16, -179, 900)) == {"Suva", "Apia"}

    def test_box(self):
        assert names(Place.objects.in_bbox(52, 13, 53, 14)) == {"Berlin", "Mitte"}
        assert names(Place.objects.in_bbox(52.52, 13.40, 52.52, 13.40)) == {"Mitte"}

    def test_box_over_the_antimeridian(self):
        assert names(Place.objects.in_bbox(-20, 170, -10, -170)) == {"Suva", "Apia"}
        assert not Place.objects.in_bbox(-20, -170, -10, 170).exists()

    def test_composes_with_joins_values_slices_and_subqueries(self):
        near = Place.objects.within_radius(*BERLIN, 50).order_by_distance(*BERLIN)
        joined = near.filter(parent__name="Berlin", parent__latitude__gt=0).select_related("parent")
        assert [place.parent.name for place in joined] == ["Berlin"]
        assert list(near.values_list("name", flat=True)[:1]) == ["Berlin"]
        assert near.filter(distance_km__gt=0.1).get().name == "Mitte"
        assert near.count() == 2
        assert names(Place.objects.exclude(pk__in=near.values("pk"))) == {"Munich", "Suva", "Apia"}
        assert names(Place.objects.filter(children__in=near)) == {"Berlin"}
        far = Place.objects.order_by_distance(*BERLIN).filter(distance_km__gt=10_000)
        assert names(near.order_by().union(far.order_by())) == {"Berlin", "Mitte", "Suva", "Apia"}

    def test_stable_order_settles_ties_by_key(self):
        twins = [PlaceFactory(latitude=1, longitude=1) for _number in range(4)]
        found = Place.objects.within_radius(1, 1, 5).order_by_distance(1, 1, stable=True)
        assert [place.pk for place in found] == sorted(twin.pk for twin in twins)


class Containment(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.territory = PlaceFactory(name="Territory", outlined=True)  # reaches 0.01 degrees: 1.11 km to the north
        cls.inner = PlaceFactory(name="Inner", latitude=52.5299)
        cls.outer = PlaceFactory(name="Outer", latitude=52.539)  # 1 km north of the edge

    def test_inside_an_outline(self):
        assert names(Place.objects.inside(self.territory)) == {"Territory", "Inner"}

    def test_one_kilometre_outside(self):
        assert great_circle_km(52.53, 13.405, self.outer.latitude, 13.405) == pytest.approx(1, rel=0.01)
        assert self.outer not in Place.objects.inside(self.territory)

    def test_edge_belongs_to_it(self):
        PlaceFactory(name="Edge", latitude=52.525, longitude=self.territory.east)
        assert "Edge" in names(Place.objects.inside(self.territory))

    def test_hole_does_not(self):
        ring = PlaceFactory.build(latitude=50, longitude=10)
        ring.boundary = square(50, 10, 1)
        ring.boundary["coordinates"] += square(50, 10, 0.5)["coordinates"]
        PlaceFactory(name="Hole", latitude=50, longitude=10)
        PlaceFactory(name="Ring", latitude=50.7, longitude=10)
        assert names(Place.objects.inside(ring)) == {"Ring"}

    def test_outline_over_the_antimeridian(self):
        fiji = PlaceFactory.build()
        fiji.boundary = {
            "type": "MultiPolygon",
            "coordinates": [
                [[[177, -19], [180, -19], [180, -16], [177, -16], [177, -19]]],
                [[[-180, -18], [-179, -18], [-179, -16], [-180, -16], [-180, -18]]],
            ],
        }
        PlaceFactory(name="Suva", latitude=-18.14, longitude=178.44)
        PlaceFactory(name="Taveuni", latitude=-16.85, longitude=-179.97)
        PlaceFactory(name="Nadi West", latitude=-17.8, longitude=176.9)
        assert names(Place.objects.inside(fiji)) == {"Suva", "Taveuni"}

    def test_place_with_a_box_only(self):
        boxed = PlaceFactory(name="Boxed", latitude=0, longitude=0, south=52.52, west=13, north=52.535, east=14)
        assert names(Place.objects.inside(boxed)) == {"Territory", "Inner"}

    def test_place_without_outline_and_box(self):
        assert names(Place.objects.inside(self.inner)) == {"Inner"}

    def test_containing(self):
        assert names(Place.objects.containing(52.5299, 13.405)) == {"Territory"}
        assert not Place.objects.containing(52.539, 13.405).exists()

    def test_composes(self):
        inside = Place.objects.filter(parent__isnull=True).inside(self.territory).order_by_distance(52.53, 13.405)
        assert list(inside.values_list("name", flat=True)[:1]) == ["Inner"]
        assert Place.objects.exclude(pk__in=inside.values("pk")).get() == self.outer


class Orders(HypothesisTestCase):
    # Two decimals keep rivals at least about a metre apart, so that no order hangs on the last bit.
    positions = st.lists(
        st.tuples(st.integers(-9000, 9000), st.integers(-17999, 18000)).map(hundredths),
        min_size=1, max_size=12, unique=True,
    )  # fmt: skip

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(positions, st.floats(-89, 89), st.floats(-179, 179), st.floats(1, 20_000))
    def test_radius_and_order_equal_brute_force(self, positions, latitude, longitude, km):
        Place.objects.bulk_create(PlaceFactory.build(latitude=north, longitude=east) for north, east in positions)
        brute = sorted(great_circle_km(latitude, longitude, north, east) for north, east in positions)
        ordered = [place.distance_km for place in Place.objects.order_by_distance(latitude, longitude)]
        assert ordered == pytest.approx(brute, rel=1e-6, abs=1e-3)
        # PostGIS rounds the sphere differently in the seventh digit: leave what lies on the rim aside.
        within = Place.objects.within_radius(latitude, longitude, km).count()
        assert sum(d < km * 0.999999 for d in brute) <= within <= sum(d <= km * 1.000001 for d in brute)


class Indexes(TestCase):
    @classmethod
    def setUpTestData(cls):
        Place.objects.bulk_create(
            PlaceFactory.build(latitude=n % 170 - 85, longitude=n * 7 % 360 - 180) for n in range(3000)
        )
        territories = [PlaceFactory.build(latitude=n % 60, longitude=n / 10, outlined=True) for n in range(600)]
        for territory in territories:
            territory.set_box()
        Place.objects.bulk_create(territories)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE places_place")

    def index_of(self, places):
        """Return which of our indexes the plan of a queryset reads."""
        plan = places.explain()
        return {
            word for word in ("place_position", "globe", "point_plane", "geom_plane", "with_outline") if word in plan
        }

    def on(self, *, sqlite, postgresql):
        return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]

    def test_radius(self):
        expected = self.on(sqlite={"place_position"}, postgresql={"globe"})
        assert self.index_of(Place.objects.within_radius(*BERLIN, 25).order_by()) == expected

    def test_nearest(self):
        plan = Place.objects.order_by_distance(*BERLIN)[:5].explain()
        assert self.on(sqlite="SCAN places_place", postgresql="Order By: (point <->") in plan
        assert ("Sort" in plan) is False

    def test_box(self):
        expected = self.on(sqlite={"place_position"}, postgresql={"point_plane"})
        assert self.index_of(Place.objects.in_bbox(52, 13, 52.1, 13.1).order_by()) == expected

    def test_inside(self):
        expected = self.on(sqlite={"place_position"}, postgresql={"point_plane"})
        territory = PlaceFactory.build(outlined=True)
        assert self.index_of(Place.objects.inside(territory).order_by()) == expected

    def test_containing(self):
        expected = self.on(sqlite={"with_outline"}, postgresql={"geom_plane"})
        assert self.index_of(Place.objects.containing(*BERLIN).order_by()) == expected
