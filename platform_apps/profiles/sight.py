"""Who sees what: the one place that decides. `visibility.py` says the same to the database."""

from .enums import Relation, Visibility

# Each of them has a column `<field>_visibility`.
FIELDS = (
    "name", "avatar", "headline", "about", "place", "languages", "skills", "sectors", "availability", "website",
)  # fmt: skip
OPEN_TO: dict[Relation, tuple[Visibility, ...]] = {
    Relation.STRANGER: (Visibility.EVERYONE,),
    Relation.MEMBER: (Visibility.EVERYONE, Visibility.MEMBERS),
    Relation.CLOSE: (Visibility.EVERYONE, Visibility.MEMBERS, Visibility.CIRCLE),
}
# Nothing is public until its owner says so.
USUAL = Visibility.MEMBERS


def sees(visibility: str, relation: Relation) -> bool:
    """Return whether a viewer in that relation sees a field of that visibility. What is for nobody, nobody sees."""
    return visibility in OPEN_TO[relation]


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()
