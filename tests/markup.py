"""Reads a page as strictly as a validator would, and knows what every page of ours promises."""

from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

VOID = {"meta", "link", "img", "input", "hr", "br", "source", "path", "circle", "use", "rect", "wbr"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Markup(HTMLParser):
    """The elements of a page, and what is wrong with it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, Any]]] = []
        self.faults: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._note(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self._note(tag, attrs)

    def _note(self, tag: str, attrs: Any) -> None:
        names = [name for name, _value in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> repeats an attribute, line {self.getpos()[0]}")
        # What a template holds is no part of the page before a script takes it out; its markup is checked all the same.
        if "template" not in self.open:
            self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else, line {self.getpos()[0]}")

    def handle_data(self, data: str) -> None:
        if data.strip() and "template" not in self.open:
            self.text.append(data.strip())

    def all(self, tag: str) -> list[dict[str, Any]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def with_class(self, name: str) -> list[dict[str, Any]]:
        return [attributes for _tag, attributes in self.elements if name in (attributes.get("class") or "").split()]

    def headings(self) -> list[int]:
        return [HEADINGS.index(tag) + 1 for tag, _attributes in self.elements if tag in HEADINGS]


def read_page(html: str) -> Markup:
    """Return the page after checking what holds for every page of the site."""
    page = Markup(html)
    assert page.faults == []
    _check_headings(page.headings())
    for image in page.all("img"):
        assert image.get("alt") is not None, image
        assert image["width"], image
        assert image["height"], image
    for tag, attributes in page.elements:
        assert tag != "style"
        assert not [name for name in attributes if name == "style" or name.startswith("on")], (tag, attributes)
    assert all(script.get("src") or script.get("type") == "application/ld+json" for script in page.all("script"))
    ids = [attributes["id"] for _tag, attributes in page.elements if attributes.get("id")]
    assert len(ids) == len(set(ids)), sorted(ids)
    named = {name for _tag, attributes in page.elements for name in (attributes.get("aria-labelledby") or "").split()}
    assert named <= set(ids)
    return page


def _check_headings(levels: list[int]) -> None:
    assert levels.count(1) == 1, levels
    inside = levels[levels.index(1) :]
    for above, below in pairwise(inside):
        assert below <= above + 1, levels
