from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from cms.core.ids import as_uuid

from .models import Place, PlaceName
from .names import folded
from .querysets import PlaceQuerySet

EXACT, IN_LANGUAGE, OTHER = range(3)
# A place answers to its own name and its names by language, each in up to two spellings: look this far past the limit
# so that what remains of the rows after dropping repetitions still fills the list.
SPELLINGS_PER_PLACE = 6
MOST_CHOICES = 6
# Whoever says Berlin means the one that is so much larger than its namesakes.
DOMINANCE = 10


@dataclass(frozen=True)
class PlaceAnswer:
    """What a text in an address means: one place, or several to choose from, or nothing.

    `token` is the one way to write it: the place's name where that is enough, else its id, else the text as it came.
    """

    token: str
    place: Place | None = None
    choices: tuple[Place, ...] = ()


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


def find_places(text: str, language: str) -> PlaceAnswer:
    """Return the place that a name or an id in an address means, or those that it may mean. Two queries at most.

    Namesakes give way to a much larger place, and to the one that is spelled exactly so (Münster, not Munster). Where
    nothing is called so, what begins so is there to choose from.
    """
    key = as_uuid(text)
    if key:
        place = _with_parents().filter(pk=key).first()
        return _written(place, language) if place else PlaceAnswer(text)
    name, country = _name_and_country(text)
    named = _called(name, country)
    place = _meant(named, name)
    if place is None:
        return PlaceAnswer(text, choices=tuple(named or search_places(name, language, MOST_CHOICES))[:MOST_CHOICES])
    if place.name_in(language) == text:
        return PlaceAnswer(text, place)
    return _written(place, language)


def _written(place: Place, language: str) -> PlaceAnswer:
    """Return the answer for a place: its name in the language is its token, if that leads back to it."""
    name = place.name_in(language)
    is_enough = "," not in name and _meant(_called(name, ""), name) == place
    return PlaceAnswer(name if is_enough else str(place.pk), place)


def _name_and_country(text: str) -> tuple[str, str]:
    """Split `Cologne, DE`."""
    name, _comma, country = (part.strip() for part in text.rpartition(","))
    return (name, country.upper()) if name else (text.strip(" ,"), "")


def _with_parents() -> PlaceQuerySet:
    return Place.objects.select_related("parent").defer("boundary", "parent__boundary")


def _called(name: str, country: str) -> list[Place]:
    if not folded(name):
        return []
    places = _with_parents().filter(pk__in=PlaceName.objects.called(name).values("place"))
    if country:
        places = places.filter(country=country)
    return list(places.order_by("-population", "pk")[:MOST_CHOICES])


def _meant(named: list[Place], name: str) -> Place | None:
    """Return the one of these places, the largest first, that a name means beyond doubt."""
    spelled = [place for place in named if name.casefold() in {one.casefold() for one in (place.name, *_names(place))}]
    candidates = spelled or named
    if not candidates:
        return None
    largest, *others = candidates
    is_clear = not others or largest.population >= DOMINANCE * max(1, others[0].population)
    return largest if is_clear else None


def _names(place: Place) -> list[str]:
    return [str(name) for name in place.names.values()]
