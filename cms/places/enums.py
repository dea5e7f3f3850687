from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceKind(TextChoices):
    """How large a place is."""

    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    CITY = "city", _("City")
    DISTRICT = "district", _("District")
    ADDRESS = "address", _("Address")


class PlaceSource(TextChoices):
    """Where a place is known from. It tells which licence applies and who may correct it."""

    GEONAMES = "geonames", _("GeoNames")
    OSM = "osm", _("OpenStreetMap")
    OWN = "own", _("Our editors")
