"""The words that the demo's entries are sorted by."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Locale

from cms.directory.translating import translate
from cms.taxonomy.enums import Hue
from cms.taxonomy.models import OrganizationType, ProjectStatus, Sector, Skill, Term

from .content import key_of, read


def load(locales: dict[str, Locale]) -> None:
    """Write every vocabulary in every language."""
    words = read("vocabulary")
    for model, name in (
        (Sector, "sectors"),
        (Skill, "skills"),
        (OrganizationType, "organization_types"),
        (ProjectStatus, "project_statuses"),
    ):
        for position, (item, parent) in enumerate(_walk(words[name])):
            _write(model, item, locales, position=position, **_extra(model, item, parent, locales))
    for position, item in enumerate(words.get("hub_sectors", [])):
        counterpart = Sector.objects.get(slug=item["counterpart"], locale=locales["en"])
        _write(Sector, item, locales, position=position, counterpart=counterpart, hue=counterpart.hue)


def _walk(items: list[dict[str, Any]], parent: str | None = None) -> Iterator[tuple[dict[str, Any], str | None]]:
    for item in items:
        yield item, parent
        yield from _walk(item.get("children", []), item["key"])


def _extra(model: type[Term], item: dict[str, Any], parent: str | None, locales: dict[str, Locale]) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    above = model.objects.get(slug=parent, locale=locales["en"]) if parent else None
    if above:
        extra["parent"] = above
    if model is Sector:
        extra["hue"] = above.hue if above else Hue(item["key"])
    if model is ProjectStatus:
        extra["phase"] = item["phase"]
    return extra


def _write(model: type[Term], item: dict[str, Any], locales: dict[str, Locale], **columns: Any) -> None:
    values = {"slug": item["key"], "name": item["en"], "description": item.get("description_en", ""), **columns}
    term, _is_new = model.objects.update_or_create(
        translation_key=key_of(model.vocabulary, item["key"]), locale=locales["en"], defaults=values
    )

    def write(copy: Any) -> None:
        copy.name, copy.description = item["de"], item.get("description_de", "")

    translate(term, locales["de"], write)
