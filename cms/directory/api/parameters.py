"""The filters of entry lists."""

from cms.core.api.parameters import Area, Boolean, Id, Language, Number, Parameter, Point, Reference, Words, several
from cms.directory.enums import Kind

from .references import EntryReference

LARGEST_RADIUS_KM = 500

# What every kind of entry can be asked for.
EVERYWHERE: dict[str, Parameter] = {
    "q": Words("Words that all have to be in title, summary or text of one language; case does not matter."),
    "sector": several(
        Reference("A sector (id or slug), with everything below it and the hubs' own sectors that count as it.")
    ),
    "language": several(Language("Only what is written in this language, by hand or by a machine.")),
    "bbox": Area(
        "A box: west,south,east,north in degrees. A western edge east of the eastern one spans the antimeridian."
    ),
    "within": Id("A place: what lies in its outline."),
    "near": Point("A point as latitude,longitude in degrees. Without another `ordering`, the nearest come first."),
    "radius": Number("Kilometres around `near`.", above=0, most=LARGEST_RADIUS_KM),
}
IN_HUB: dict[str, Parameter] = {
    "hub": several(EntryReference("A hub (id or slug): what it or a hub below it shows.", kind=Kind.HUB)),
}
OF_ORGANIZATION: dict[str, Parameter] = {
    "organization": several(
        EntryReference(
            "An organization (id or slug): what it leads, takes part in or is told of in.", kind=Kind.ORGANIZATION
        )
    ),
}
OF_PROJECT: dict[str, Parameter] = {
    "skill": several(Reference("A skill sought (id or slug), with everything below it.")),
    "status": several(Reference("A project status (id or slug).")),
    "online": Boolean("Whether one can take part online."),
    "open": Boolean("Whether it is open for collaboration."),
}


def parent(kind: Kind, description: str) -> dict[str, Parameter]:
    """Return the filter by the entry of the same kind that something is a part of."""
    return {"parent": EntryReference(description, kind=kind)}
