import json

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.places.choosers import place_chooser_viewset
from cms.places.models import Place
from cms.places.viewsets import place_viewset
from tests.factories.places import PlaceFactory, square

BOW_TIE = {"type": "Polygon", "coordinates": [[[13.0, 52.0], [13.1, 52.1], [13.1, 52.0], [13.0, 52.1], [13.0, 52.0]]]}


class AdminCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        users = get_user_model()
        named = {users.USERNAME_FIELD: "editor@example.org"}
        cls.editor = users.objects.create_superuser(**named, password="correct horse battery")
        cls.cologne = PlaceFactory(name="Cologne", names={"de": "Köln"}, population=1_000_000)
        cls.kolding = PlaceFactory(name="Kolding", country="DK", population=60_000)

    def setUp(self):
        self.client.force_login(self.editor)

    def url(self, viewset, name, *args):
        return reverse(viewset.get_url_name(name), args=args)


class Editing(AdminCase):
    def submission(self, **changes):
        plain = {"name": "Yard", "names": "{}", "kind": "district", "country": "de", "population": "0"}
        return (
            plain
            | {"latitude": "52.5", "longitude": "13.4", "boundary": "", "boundary_source": "", "parent": ""}
            | changes
        )

    def test_own_place_with_outline(self):
        outline = square(52.5, 13.4, 0.01)
        changes = {"boundary": json.dumps(outline), "parent": str(self.cologne.pk)}
        response = self.client.post(self.url(place_viewset, "add"), self.submission(**changes))
        assert response.status_code == 302, response.context["form"].errors
        place = Place.objects.get(name="Yard")
        assert (place.source, place.country, place.boundary, place.parent) == ("own", "DE", outline, self.cologne)
        assert place.box == pytest.approx((52.49, 13.39, 52.51, 13.41))
        assert place in Place.objects.named("yard")

    def test_self_crossing_outline_is_refused_beside_its_field(self):
        response = self.client.post(self.url(place_viewset, "add"), self.submission(boundary=json.dumps(BOW_TIE)))
        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["boundary"]
        self.assertContains(response, "crosses or touches itself: Self-intersection[13.05 52.05]")
        assert not Place.objects.filter(name="Yard").exists()

    def test_not_a_number_and_no_json_are_refused(self):
        for text in (
            '{"type": "Polygon", "coordinates": [[[NaN, 1], [2, 1], [2, 2], [NaN, 1]]]}',
            "POLYGON((1 1))",
            "[]",
        ):
            response = self.client.post(self.url(place_viewset, "add"), self.submission(boundary=text))
            assert list(response.context["form"].errors) == ["boundary"], text

    def test_outline_in_the_form_survives_saving(self):
        place = PlaceFactory(outlined=True)
        page = self.client.get(self.url(place_viewset, "edit", place.pk))
        shown = page.context["form"]["boundary"].value()
        response = self.client.post(self.url(place_viewset, "edit", place.pk), self.submission(boundary=shown))
        assert response.status_code == 302, response.context["form"].errors
        assert Place.objects.get(pk=place.pk).boundary == place.boundary

    def test_parent_is_chosen_not_selected_from_every_city_of_the_world(self):
        page = self.client.get(self.url(place_viewset, "add"))
        assert isinstance(page.context["form"].fields["parent"].widget, place_chooser_viewset.widget_class)
        self.assertNotContains(page, "Kolding")

    def test_list_and_its_search(self):
        page = self.client.get(self.url(place_viewset, "index"), {"q": "koln"})
        self.assertContains(page, "Cologne")
        self.assertNotContains(page, "Kolding")


class Choosing(AdminCase):
    def results(self, **query):
        return self.client.get(self.url(place_chooser_viewset, "choose_results"), query)

    def test_search_in_any_language_shows_country_and_population(self):
        page = self.results(q="Köln")
        self.assertContains(page, "Cologne (DE)")
        self.assertContains(page, "1000000")
        self.assertNotContains(page, "Kolding")
        self.assertContains(self.results(q="kol"), "Kolding (DK)")

    def test_dialog_offers_the_largest_first(self):
        html = self.client.get(self.url(place_chooser_viewset, "choose")).json()["html"]
        assert html.index("Cologne") < html.index("Kolding")

    def test_chosen_place(self):
        chosen = self.client.get(self.url(place_chooser_viewset, "chosen", self.kolding.pk)).json()["result"]
        assert (chosen["id"], chosen["title"]) == (str(self.kolding.pk), "Kolding (DK)")

    def test_queries_do_not_grow_with_the_list(self):
        self.results(q="x")
        with CaptureQueriesContext(
            connection,
        ) as few:
            self.results(q="k")
        for number in range(8):
            PlaceFactory(name=f"Kiel {number}")
        with CaptureQueriesContext(connection) as many:
            self.results(q="k")
        assert len(many) == len(few)
