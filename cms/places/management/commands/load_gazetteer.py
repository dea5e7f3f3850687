from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.places.enums import PlaceSource
from cms.places.gazetteer import read_places
from cms.places.models import Place
from cms.places.services import load_places


class Command(BaseCommand):
    """Loads the gazetteer; see cms/places/gazetteer.py for what is in it. May be repeated at any time."""

    help = "Load the cities of the world (GeoNames, over 15,000 inhabitants) with names and outlines. Repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do nothing when it has been loaded before.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once and Place.objects.filter(source=PlaceSource.GEONAMES).exists():
            return
        self.stdout.write("Reading the gazetteer ...")
        places = read_places()
        self.stdout.write(f"Storing {len(places)} places ...")
        loaded = load_places(places=places)
        self.stdout.write(f"{loaded.added} added, {loaded.changed} corrected, {loaded.unchanged} unchanged.")
