from django.db.models import Case, IntegerField, Q, Value, When

from .models import Place, PlaceName
from .names import folded

EXACT, IN_LANGUAGE, OTHER = range(3)
# A place answers to its own name and its names by language, each in up to two spellings: look this far past the limit
# so that what remains of the rows after dropping repetitions still fills the list.
SPELLINGS_PER_PLACE = 6


def find_place(text: str) -> Place | None:
    """Return the largest place of a name in any language, as in `Berlin` or `Cologne, DE`; None when there is none."""
    name, _comma, country = (part.strip() for part in text.rpartition(",")) if "," in text else (text, "", "")
    places = Place.objects.filter(search_names__folded=folded(name))
    if country:
        places = places.filter(country=country.upper())
    return places.order_by("-population", "pk").first()


def search_places(text: str, language: str, limit: int = 10) -> list[Place]:
    """Return places with a name that begins with the text: exact ones first, then those in the language, then by size.

    `language` is a language code. Accents and case do not matter. One query, whatever the text; parents are loaded for
    `label_in`, outlines are not.
    """
    if not folded(text):
        return []
    nearness = Case(
        When(folded=folded(text), then=Value(EXACT)),
        When(Q(language="") | Q(language=language), then=Value(IN_LANGUAGE)),
        default=Value(OTHER),
        output_field=IntegerField(),
    )
    names = (
        PlaceName.objects.starting_with(text)
        .select_related("place__parent")
        .defer("place__boundary", "place__parent__boundary")
        .order_by(nearness, "-place__population", "place_id")
    )
    found: dict[object, Place] = {}
    for name in names[: limit * SPELLINGS_PER_PLACE]:
        found.setdefault(name.place_id, name.place)
    return list(found.values())[:limit]
