"""Stored rich text as HTML that any program may show as it is."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.html import escape
from wagtail.rich_text.rewriters import LinkRewriter
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule, check_url

PAGE, DOCUMENT = "page", "document"
PLAIN_ELEMENTS = (
    "p", "h2", "h3", "h4", "h5", "h6", "b", "strong", "i", "em", "ul", "ol", "li", "br", "hr", "blockquote", "sub",
    "sup", "code",
)  # fmt: skip

Addresses = Mapping[int, str]


def linked_ids(html: str) -> Iterator[tuple[str, int]]:
    """Yield `page` or `document` and its id for each link to one of ours."""
    for kind, tags in LinkRewriter().extract_tags(html).items():
        for tag in tags:
            if kind in {PAGE, DOCUMENT} and tag.attrs.get("id", "").isdecimal():
                yield kind, int(tag.attrs["id"])


def safe_html(html: str, pages: Addresses, documents: Addresses) -> str:
    """Return the text with links led to where they go. Links to what is not public become plain words."""
    rewrite = LinkRewriter(rules={PAGE: _rule(pages), DOCUMENT: _rule(documents)})
    return _Cleaner().clean(rewrite(html))


def _rule(addresses: Addresses) -> Callable[[dict[str, str]], str]:
    def opening_tag(attributes: dict[str, str]) -> str:
        number = attributes.get("id", "")
        address = addresses.get(int(number)) if number.isdecimal() else None
        return f'<a href="{escape(address)}">' if address else "<a>"

    return opening_tag


class _Cleaner(Whitelister):
    """Keeps what the editor can write, whatever door the text came in by."""

    element_rules = {
        "[document]": allow_without_attributes,
        "a": attribute_rule({"href": check_url}),
        **dict.fromkeys(PLAIN_ELEMENTS, allow_without_attributes),
    }

    def clean_tag_node(self, doc: object, tag: object) -> None:
        if tag.name in {"script", "style"}:
            tag.decompose()
            return
        super().clean_tag_node(doc, tag)
        if tag.name == "a" and not tag.get("href"):
            tag.unwrap()
