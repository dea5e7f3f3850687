"""Finding places by name, and by their OpenStreetMap identity: offline, or from a server that speaks Nominatim."""

import hashlib
import logging
import time
import uuid
from datetime import timedelta
from typing import Any, Protocol

import httpx
import orjson
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from .models import GeocoderAnswer, Place
from .nominatim import BadAnswerError, OsmPlace, read_answer
from .selectors import search_places
from .services import keep_osm_place

log = logging.getLogger(__name__)

OSM_TYPES = ("node", "way", "relation")
TIMEOUT_SECONDS = 5.0
# The usage policy of nominatim.openstreetmap.org: one request a second for the whole installation.
SECONDS_BETWEEN_REQUESTS = 1.0
LONGEST_WAIT_SECONDS = 3.0
# httpx times each step by itself; should a process die in its turn, the next one waits no longer than this.
LONGEST_TURN_SECONDS = 3 * TIMEOUT_SECONDS
ANSWER_LASTS = timedelta(days=30)
TURN_KEY = "places.geocoder-turn"


class GeocoderUnavailableError(Exception):
    """The geocoder gave no usable answer: too slow, out of order, or too many people ask at once. Try later."""


class Geocoder(Protocol):
    """What answers questions about places."""

    def search(self, text: str, language: str, limit: int = 10) -> list[Place]:
        """Return stored places that match what somebody typed, best first. `language` is a language code.

        Raises GeocoderUnavailableError.
        """

    def lookup(self, osm_type: str, osm_id: int) -> Place | None:
        """Return the stored place of an OpenStreetMap node, way or relation, None when there is none.

        Raises GeocoderUnavailableError; ValueError for another type.
        """


class OfflineGeocoder:
    """Answers from the places that are already in the database."""

    def search(self, text: str, language: str, limit: int = 10) -> list[Place]:
        return search_places(text, language, limit)

    def lookup(self, osm_type: str, osm_id: int) -> Place | None:
        return _known(osm_type, osm_id)


class NominatimGeocoder:
    """Asks a Nominatim server, at its pace, and keeps what it says."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def search(self, text: str, language: str, limit: int = 10) -> list[Place]:
        question = {"q": " ".join(text.split()).lower(), "limit": limit, "accept-language": language}
        return self._answer("search", question) if question["q"] else []

    def lookup(self, osm_type: str, osm_id: int) -> Place | None:
        known = _known(osm_type, osm_id)
        if known is not None:
            return known
        answer = self._answer("lookup", {"osm_ids": f"{osm_type[0].upper()}{int(osm_id)}"})
        return answer[0] if answer else None

    def _answer(self, path: str, question: dict[str, Any]) -> list[Place]:
        text = f"{self.url}/{path}?" + orjson.dumps(question, option=orjson.OPT_SORT_KEYS).decode()
        key = hashlib.sha256(text.encode()).hexdigest()
        kept = GeocoderAnswer.objects.filter(key=key, asked_at__gt=timezone.now() - ANSWER_LASTS).first()
        if kept is not None:
            return _in_order(kept.places)
        places = [keep_osm_place(found=found) for found in self._ask(path, question)]
        GeocoderAnswer.objects.update_or_create(
            key=key,
            defaults={"question": text, "places": [str(place.pk) for place in places], "asked_at": timezone.now()},
        )
        return places

    def _ask(self, path: str, question: dict[str, Any]) -> list[OsmPlace]:
        _wait_for_turn()
        parameters = question | {
            "format": "jsonv2",
            "addressdetails": 1,
            "extratags": 1,
            "namedetails": 1,
            "polygon_geojson": 1,
            "polygon_threshold": 0.001,  # degrees: about a hundred metres, plenty for a territory on a map
        }
        try:
            response = httpx.get(
                f"{self.url}/{path}",
                params=parameters,
                headers={"User-Agent": f"Groundswell ({settings.WAGTAILADMIN_BASE_URL})"},
                timeout=TIMEOUT_SECONDS,
            )
            response.raise_for_status()
            return read_answer(response.content)
        except (httpx.HTTPError, httpx.InvalidURL, BadAnswerError) as error:
            log.warning("The geocoder at %s failed: %r", self.url, error)
            message = "The geocoder gave no usable answer."
            raise GeocoderUnavailableError(message) from error
        finally:
            # The second counts from the end: a request that was slow to leave must not meet the next one.
            cache.set(TURN_KEY, 1, timeout=SECONDS_BETWEEN_REQUESTS)


def get_geocoder() -> Geocoder:
    """Return the geocoder of this installation: Nominatim when GEOCODER_URL is set, else the offline one."""
    return NominatimGeocoder(settings.GEOCODER_URL) if settings.GEOCODER_URL else OfflineGeocoder()


def suggest_places(text: str, language: str, limit: int = 10) -> list[Place]:
    """Return places for a search box: from this installation's geocoder, offline when it is out of order."""
    try:
        return get_geocoder().search(text, language, limit)
    except GeocoderUnavailableError:
        return OfflineGeocoder().search(text, language, limit)


def _known(osm_type: str, osm_id: int) -> Place | None:
    if osm_type not in OSM_TYPES:
        message = f"An OpenStreetMap object is a node, way or relation, not {osm_type!r}."
        raise ValueError(message)
    return Place.objects.from_source("osm").filter(source_id=f"{osm_type}/{int(osm_id)}").first()


def _in_order(ids: list[str]) -> list[Place]:
    places = Place.objects.in_bulk([uuid.UUID(pk) for pk in ids])
    return [places[uuid.UUID(pk)] for pk in ids if uuid.UUID(pk) in places]


def _wait_for_turn() -> None:
    """Hold until this process may ask. The shared cache hands out one turn at a time (`add` is atomic)."""
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    while not cache.add(TURN_KEY, 1, timeout=LONGEST_TURN_SECONDS):
        if time.monotonic() >= deadline:
            message = "Too many people are searching for places at this moment."
            raise GeocoderUnavailableError(message)
        time.sleep(0.05)
