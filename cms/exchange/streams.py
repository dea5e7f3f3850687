"""Texts of pages as files carry them: plain paragraphs, or blocks as JSON that another database understands.

The portable form of a stream is its raw data without ids, with pages by their public ids and links by their addresses.
"""

import re
import uuid
from html import escape, unescape
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Page

from cms.blocks.basic import PLAIN_FEATURES, TEXT_FEATURES
from cms.blocks.streams import BodyBlock

from .tables import CellRefusedError, shortened

# The others show pictures, or things of this installation; the export leaves them out and says so.
PORTABLE_BLOCKS = ("text", "quote", "fact", "timeline", "accordion", "call")
PLAIN = re.compile(r"(<p>([^<]|<br/>)*</p>)+")
CLEANING_PASSES = 4  # the editor takes a bad link's address in the first and the link itself in the second
PARAGRAPH, BREAK, BLOCK_KEY = re.compile(r"<p>(.*?)</p>", re.DOTALL), "<br/>", re.compile(r' data-block-key="[^"]*"')
BETWEEN_TAGS = re.compile(r">\s+<")
PART_END = re.compile(r"</(p|h3|h4|li)>")
INTERNAL_LINK = re.compile(r'<a\b[^>]*\blinktype="(\w+)"[^>]*>')
ID_ATTRIBUTE = re.compile(r'\bid="(\d+)"')

Stream = list[dict[str, Any]]


def paragraphs_to_stream(text: str) -> Stream:
    """Return plain text as one block; empty lines part paragraphs, single ones stay line breaks."""
    parts = [part.strip() for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    html = "".join(f"<p>{escape(part, quote=False).replace(chr(10), BREAK)}</p>" for part in parts)
    return [{"type": "text", "value": html}] if html else []


def stream_to_paragraphs(stream: Stream) -> str | None:
    """Return the plain text that `paragraphs_to_stream` was given; None for a stream that is more than that."""
    if not stream:
        return ""
    if len(stream) != 1 or stream[0]["type"] != "text" or not PLAIN.fullmatch(stream[0]["value"]):
        return None
    text = "\n\n".join(PARAGRAPH.findall(stream[0]["value"])).replace(BREAK, "\n")
    text = unescape(text)
    return text if paragraphs_to_stream(text) == stream else None


def portable(page: Any) -> tuple[Stream, int]:
    """Return the portable form of a page's text, and how many blocks could not be carried over."""
    raw = page.body.get_prep_value()
    kept = [_as_imported(_carried(block)) for block in raw if block["type"] in PORTABLE_BLOCKS]
    return kept, len(raw) - len(kept)


def _as_imported(block: dict[str, Any]) -> dict[str, Any]:
    try:
        return _with_clean_html(block)
    except CellRefusedError:
        return block


def _carried(block: dict[str, Any]) -> dict[str, Any]:
    return {"type": block["type"], "value": _without_ids(block["value"])}


def _without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_carried(item) if _is_item(item) else _without_ids(item) for item in value]
    if isinstance(value, dict):
        return {name: _public_id(part) if name == "page" else _without_ids(part) for name, part in value.items()}
    return _portable_html(value) if isinstance(value, str) else value


def _is_item(value: Any) -> bool:
    return isinstance(value, dict) and {"type", "value"} <= set(value) <= {"type", "value", "id"}


def _public_id(pk: Any) -> str | None:
    page = Page.objects.filter(pk=pk).first() if pk else None
    return str(page.translation_key) if page else None


def _portable_html(html: str) -> str:
    return INTERNAL_LINK.sub(_portable_link, BLOCK_KEY.sub("", html)) if "<" in html else html


def _portable_link(match: re.Match[str]) -> str:
    """Point a link to the address of its page; links to documents become links to nowhere of ours and go."""
    number = ID_ATTRIBUTE.search(match[0])
    page = Page.objects.filter(pk=int(number[1])).first() if number and match[1] == "page" else None
    return f'<a href="{escape(page.get_url() or "")}">' if page else "<a>"


def parse_blocks(text: str) -> Stream:
    """Return the portable stream that a cell holds as JSON. Raises CellRefusedError for what no text may hold."""
    try:
        stream = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise CellRefusedError(_("This is not JSON.")) from error
    if not isinstance(stream, list) or not all(_is_item(block) for block in stream):
        raise CellRefusedError(_("Blocks are a list of objects with a type and a value."))
    unknown = sorted({str(block["type"]) for block in stream} - set(PORTABLE_BLOCKS))
    if unknown:
        message = _("These kinds of blocks cannot be imported: %(names)s.")
        raise CellRefusedError(message % {"names": shortened(", ".join(unknown))})
    complete = _completed(stream)
    pages = [part["value"].get("page") if isinstance(part["value"], dict) else None for part in stream]
    return [
        block | {"value": _with_page(block["value"], lambda _none, key=key: _known_page(key))}
        for block, key in zip(complete, pages, strict=True)
    ]


def _completed(stream: Stream) -> Stream:
    """Return the stream as the blocks themselves would store it: checked, with every field, without pages."""
    block = BodyBlock()
    try:
        raw = [part | {"value": _with_page(part["value"], lambda _key: None)} for part in stream]
        # Lists know their items by the ids that these have.
        value = block.clean(block.to_python(_with_ids(raw, [], "")))
        return [_with_clean_html(_carried(part)) for part in block.get_prep_value(value)]
    except ValidationError as error:
        message = _("The blocks do not hold: %(reason)s")
        reason = shortened(" ".join(dict.fromkeys(_messages(error))))
        raise CellRefusedError(message % {"reason": reason}) from error
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        # Values of another shape than the block's make Wagtail's converters stumble wherever they first touch them.
        raise CellRefusedError(_("The blocks are not built as blocks are.")) from error


def _messages(error: Any) -> list[str]:
    """Return every sentence in an error of nested blocks."""
    nested = [*_values(getattr(error, "block_errors", None)), *_values(getattr(error, "non_block_errors", None))]
    if nested:
        return [message for one in nested if one for message in _messages(one)]
    return list(getattr(error, "messages", None) or [str(error)])


def _values(errors: Any) -> list[Any]:
    if not errors:
        return []
    return list(errors.values()) if isinstance(errors, dict) else list(errors)


def _with_clean_html(block: dict[str, Any]) -> dict[str, Any]:
    """Keep of rich text only what the editor itself offers: a file is not a way around it."""
    value = block["value"]
    if block["type"] == "text":
        return block | {"value": _clean_html(str(value), TEXT_FEATURES)}
    if block["type"] == "accordion":
        items = [item["value"] if _is_item(item) else item for item in value["items"]]
        clean = [item | {"text": _clean_html(str(item.get("text", "")), PLAIN_FEATURES)} for item in items]
        return block | {"value": value | {"items": [{"type": "item", "value": item} for item in clean]}}
    return block


def _clean_html(html: str, features: list[str]) -> str:
    """Return the HTML as the editor would store it, in which form it stays however often it is read and written."""
    for _pass in range(CLEANING_PASSES):
        if PLAIN.fullmatch(html):
            break
        clean = _through_editor(html, features)
        # What was clean already stays as it is, with the white space that somebody put between its paragraphs.
        if BETWEEN_TAGS.sub("><", html.strip()) == BETWEEN_TAGS.sub("><", clean.strip()):
            break
        html = clean
    return html


def _through_editor(html: str, features: list[str]) -> str:
    converter = ContentstateConverter(features)
    try:
        return BLOCK_KEY.sub("", converter.to_database_format(converter.from_database_format(html)))
    except Exception as error:  # Wagtail's converter asserts that every tag is closed, and trips over what is not
        raise CellRefusedError(_("The HTML of a text is not well made: is every tag closed?")) from error


def shape(value: Any) -> Any:
    """Return how a stream is built: its kinds of blocks, and the number of paragraphs in each text."""
    if isinstance(value, str):
        return PART_END.findall(value)
    if isinstance(value, dict):
        kind = [value["type"]] if _is_item(value) else []
        return kind + [found for _name, part in sorted(value.items()) if (found := shape(part))]
    return [shape(part) for part in value] if isinstance(value, list) else None


def part_count(stream: Stream) -> int:
    """Return of how many paragraphs, headings and other blocks a stream is made."""
    return sum(len(PART_END.findall(block["value"])) if block["type"] == "text" else 1 for block in stream)


def raw_stream(stream: Stream, page: Any) -> Stream:
    """Return the raw data to store for a page: pages found again, and ids.

    Ids are those of the blocks that stand at the same places now, so that translations keep to them; new ones are
    derived from the page's key, so that every language has the same.
    """

    def page_id(key: Any) -> int | None:
        found = _pages(key)
        return next((one.pk for one in found if one.locale_id == page.locale_id), found[0].pk if found else None)

    raw = [block | {"value": _with_page(block["value"], page_id)} for block in stream]
    return _with_ids(raw, page.body.get_prep_value() if page.body else [], f"{page.translation_key}")


def _with_page(value: Any, find: Any) -> Any:
    return value | {"page": find(value["page"])} if isinstance(value, dict) and "page" in value else value


def _known_page(key: Any) -> str | None:
    """Return a page's public id as text; None for one that this site does not have."""
    return str(uuid.UUID(str(key))) if _pages(key) else None


def _pages(key: Any) -> list[Page]:
    """Return the pages with a public id, the first written one first."""
    try:
        return list(Page.objects.filter(translation_key=uuid.UUID(str(key)), alias_of__isnull=True).order_by("pk"))
    except ValueError:
        return []


def _with_ids(blocks: Stream, present: Stream, place: str) -> Stream:
    found = []
    for number, block in enumerate(blocks):
        old = present[number] if number < len(present) and isinstance(present[number], dict) else {}
        is_same = old.get("type") == block["type"] and bool(old.get("id"))
        where = f"{place}/{number}"
        identity = old["id"] if is_same else str(uuid.uuid5(uuid.NAMESPACE_URL, where))
        value = _nested_ids(block["value"], old.get("value") if is_same else None, where)
        found.append(block | {"value": value, "id": identity})
    return found


def _nested_ids(value: Any, old: Any, where: str) -> Any:
    if not isinstance(value, dict):
        return value
    result = dict(value)
    for name, part in value.items():
        if isinstance(part, list) and part and all(_is_item(item) for item in part):
            before = old.get(name) if isinstance(old, dict) else None
            result[name] = _with_ids(part, before if isinstance(before, list) else [], f"{where}/{name}")
    return result
