"""What is suggested beside things that can be found: words to search for, by what they are."""

from django.utils.translation import gettext_lazy as _

from cms.taxonomy.enums import Vocabulary

SUGGESTED = {
    Vocabulary.SECTOR.value: Vocabulary.SECTOR.label,
    Vocabulary.SKILL.value: Vocabulary.SKILL.label,
    "place": _("Place"),
    "word": _("Search"),
}
