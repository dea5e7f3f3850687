import json
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.utils import timezone

from cms.places import geocoding
from cms.places.enums import PlaceKind
from cms.places.geocoding import (
    GeocoderUnavailableError,
    NominatimGeocoder,
    OfflineGeocoder,
    get_geocoder,
    suggest_places,
)
from cms.places.models import GeocoderAnswer, Place
from tests.factories.places import PlaceFactory, square

pytestmark = pytest.mark.django_db

TUEBINGEN = {
    "place_id": 1,
    "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
    "osm_type": "relation",
    "osm_id": 2796382,
    "lat": "48.5203263",
    "lon": "9.053596",
    "category": "boundary",
    "type": "administrative",
    "addresstype": "town",
    "name": "Tübingen",
    "display_name": "Tübingen, Landkreis Tübingen, Baden-Württemberg, Deutschland",
    "address": {"town": "Tübingen", "country": "Deutschland", "country_code": "de"},
    "boundingbox": ["48.4687", "48.5926", "8.9439", "9.1346"],
    "extratags": {"population": "91,877"},
    "namedetails": {"name": "Tübingen", "name:en": "Tubingen", "name:ko": "튀빙겐"},
    "geojson": square(48.52, 9.05, 0.05),
}


class Nominatim(BaseHTTPRequestHandler):
    """Speaks the protocol of Nominatim, and as badly as a test wants."""

    def do_GET(self):
        parts = urlsplit(self.path)
        self.server.asked.append((parts.path, parse_qs(parts.query), self.headers["User-Agent"], time.monotonic()))
        time.sleep(self.server.delay)
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *args):
        pass


class QuietServer(ThreadingHTTPServer):
    """A client that gave up waiting breaks the pipe: that is what the test wants, not news."""

    def handle_error(self, request, client_address):
        pass


@pytest.fixture
def server():
    with QuietServer(("127.0.0.1", 0), Nominatim) as server:
        server.asked, server.delay, server.status, server.body = [], 0, 200, json.dumps([TUEBINGEN]).encode()
        server.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def nominatim(server, settings):
    cache.delete(geocoding.TURN_KEY)
    settings.GEOCODER_URL = server.url
    return get_geocoder()


def test_the_setting_chooses_the_geocoder(settings):
    settings.GEOCODER_URL = ""
    assert isinstance(get_geocoder(), OfflineGeocoder)
    settings.GEOCODER_URL = "https://nominatim.example/"
    assert isinstance(get_geocoder(), NominatimGeocoder)


def test_search_stores_what_it_finds(server, nominatim, settings):
    (place,) = nominatim.search("  Tübingen ", "de", 3)
    place.refresh_from_db()
    assert (place.source, place.source_id, place.kind) == ("osm", "relation/2796382", PlaceKind.CITY)
    assert (place.name, place.country, place.population) == ("Tübingen", "DE", 91_877)
    assert place.names == {"en": "Tubingen"}
    assert (place.latitude, place.longitude) == (48.5203263, 9.053596)
    assert place.boundary == TUEBINGEN["geojson"]
    assert "OpenStreetMap" in place.boundary_source
    assert place in Place.objects.inside(place)
    path, question, agent, _time = server.asked[0]
    assert (path, question["q"], question["limit"]) == ("/search", ["tübingen"], ["3"])
    assert (question["format"], question["accept-language"]) == (["jsonv2"], ["de"])
    assert settings.WAGTAILADMIN_BASE_URL in agent


def test_a_question_is_asked_once(server, nominatim):
    assert nominatim.search("Tübingen", "de") == nominatim.search("tübingen", "de")
    assert len(server.asked) == GeocoderAnswer.objects.count() == 1


def test_old_answers_are_asked_again_and_known_places_kept(server, nominatim):
    (place,) = nominatim.search("Tübingen", "de")
    Place.objects.filter(pk=place.pk).update(name="Corrected")
    GeocoderAnswer.objects.update(asked_at=timezone.now() - timedelta(days=31))
    (again,) = nominatim.search("Tübingen", "de")
    assert (again.pk, again.name, len(server.asked)) == (place.pk, "Corrected", 2)


def test_lookup(server, nominatim):
    place = nominatim.lookup("relation", 2796382)
    assert server.asked[0][0] == "/lookup"
    assert server.asked[0][1]["osm_ids"] == ["R2796382"]
    assert nominatim.lookup("relation", 2796382) == place == OfflineGeocoder().lookup("relation", 2796382)
    assert len(server.asked) == 1


def test_lookup_of_nothing(server, nominatim):
    server.body = b"[]"
    assert nominatim.lookup("node", 1) is None
    assert OfflineGeocoder().lookup("node", 1) is None
    with pytest.raises(ValueError, match="not 'planet'"):
        nominatim.lookup("planet", 1)


def test_one_request_a_second(server, nominatim):
    for text in ("a", "b", "c"):
        nominatim.search(text, "de")
    times = [asked[3] for asked in server.asked]
    assert all(later - earlier >= 0.95 for earlier, later in pairwise(times))


def test_a_crowd_is_turned_away(server, nominatim, monkeypatch):
    monkeypatch.setattr(geocoding, "LONGEST_WAIT_SECONDS", 0.1)
    cache.set(geocoding.TURN_KEY, 1, timeout=30)  # another process is asking
    with pytest.raises(GeocoderUnavailableError):
        nominatim.search("b", "de")
    assert server.asked == []


def without(key):
    return json.dumps([{name: value for name, value in TUEBINGEN.items() if name != key}]).encode()


def changed(**values):
    return json.dumps([TUEBINGEN | values]).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>busy</html>", b'{"error": "no"}', b"[1]", b"[null]", b"\xff\xfe", b'[{"lat": 1}]', b"[[[[",
        without("osm_id"), without("lat"), changed(osm_type="galaxy"), changed(lat="north"), changed(lat="nan"),
        changed(lon="190"), changed(boundingbox=["1", "2"]), changed(address="here"), changed(extratags=7),
        changed(namedetails={"name:de": 5}), changed(name=5),
    ],
)  # fmt: skip
def test_rubbish_is_refused_and_not_kept(server, nominatim, body):
    server.body = body
    with pytest.raises(GeocoderUnavailableError):
        nominatim.search("Tübingen", "de")
    assert not GeocoderAnswer.objects.exists()
    assert not Place.objects.exists()


def test_broken_outline_is_left_out(server, nominatim):
    server.body = changed(geojson={"type": "Point", "coordinates": [9, 48]})
    (place,) = nominatim.search("Tübingen", "de")
    assert place.boundary is None
    assert place.box == (48.4687, 8.9439, 48.5926, 9.1346)


def test_places_without_country_are_left_out(server, nominatim):
    server.body = changed(address={})
    assert nominatim.search("Atlantic", "de") == []


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_refusals_of_the_server(server, nominatim, status):
    server.status = status
    with pytest.raises(GeocoderUnavailableError):
        nominatim.search("Tübingen", "de")


def test_a_slow_server_is_left_alone(server, nominatim, monkeypatch):
    monkeypatch.setattr(geocoding, "TIMEOUT_SECONDS", 0.2)
    server.delay = 0.6
    with pytest.raises(GeocoderUnavailableError):
        nominatim.search("Tübingen", "de")


def test_nobody_there(settings):
    cache.delete(geocoding.TURN_KEY)
    with pytest.raises(GeocoderUnavailableError):
        NominatimGeocoder("http://127.0.0.1:9").search("Tübingen", "de")


def test_suggestions_fall_back_to_the_gazetteer(server, nominatim):
    server.status = 500
    place = PlaceFactory(name="Tübingen")
    assert suggest_places("tubing", "de") == [place]
