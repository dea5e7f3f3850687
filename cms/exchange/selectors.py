"""What is public, as rows of a file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.directory.translations import source_page

from . import streams
from .columns import COLUMNS, IDENTITY, PAGES, columns_of
from .pictures import Wanted

CHUNK = 200


@dataclass
class ExportedRow:
    """The cells of one entry, the pictures that they name, and how much of it no file can carry."""

    cells: dict[str, str]
    pictures: list[tuple[str, Any]] = field(default_factory=list)
    blocks_left_out: int = 0
    translations_left_out: int = 0


def exported_columns(kinds: tuple[str, ...]) -> list[str]:
    """Return the names of the columns in which entries of these kinds are written, in every language of the site."""
    columns = [column for column in COLUMNS if set(column.kinds) & set(kinds)]
    names = dict.fromkeys(name for column in columns for name in column.names)
    languages = Locale.objects.order_by("pk").values_list("language_code", flat=True)
    texts = [name for code in languages for column in columns if column.is_text for name in column.in_language(code)]
    return [*IDENTITY, *names, *texts]


def exported_rows(kinds: tuple[str, ...]) -> Iterator[ExportedRow]:
    """Yield the public entries of these kinds in the order in which they were written.

    An entry goes out in its first language with its translations, so one that is public only in a translation is left.
    """
    for kind in kinds:
        model = PAGES[kind]
        keys = model.objects.filter(live=True, alias_of__isnull=True).order_by("pk").values_list("translation_key")
        done = set()
        for (key,) in keys.iterator(chunk_size=CHUNK):
            if key in done:
                continue
            done.add(key)
            pages = list(model.objects.filter(translation_key=key, alias_of__isnull=True).select_related("locale"))
            source = source_page(pages)
            if source.live:
                yield _row(kind, source, [page for page in pages if page.pk != source.pk and page.live])


def _row(kind: str, source: Any, others: list[Any]) -> ExportedRow:
    row = ExportedRow({"kind": kind, "key": str(source.translation_key), "language": source.locale.language_code})
    row.blocks_left_out = streams.portable(source)[1]
    for column in columns_of(kind):
        value = column.read(source)
        row.cells |= zip(column.names, column.show(value), strict=True)
        if isinstance(value, Wanted):
            row.pictures.append((value.source, getattr(source, "logo" if "logo" in column.names else "cover").file))
    of_tool = Translation.objects.filter(source__object_id=source.translation_key)
    known = set(of_tool.values_list("target_locale_id", flat=True))
    for page in others:
        if page.locale_id not in known:
            row.translations_left_out += 1
            continue
        for column in columns_of(kind):
            if column.is_text:
                names = column.in_language(page.locale.language_code)
                row.cells |= zip(names, column.show(column.read(page)), strict=True)
    return row
