"""Draws every key page on every kind of screen, by day and by night, in both languages, for somebody to look at.

`make screenshots` runs it. The pictures lie in var/screenshots/, and index.html there shows them side by side.
"""

import html
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from .conftest import ARGUMENTS, NAMES
from .server import ROOT, Server, running_server

FOLDER = ROOT / "var" / "screenshots"
WIDTHS = {360: 740, 820: 1100, 1440: 900}
SCHEMES = ("light", "dark")
LANGUAGES = ("en", "de")
FROM_TABLETS = 820


def _nothing(_page: Page) -> None:
    """Leave the page as it is."""


def _open_filters(page: Page) -> None:
    page.locator('[popovertarget="facets"]:visible').first.click()


def _open_menu(page: Page) -> None:
    page.locator('[popovertarget="menu"]:visible').first.click()


def _open_map(page: Page) -> None:
    # One switch stands above the list on laptops, the other at the foot of phones.
    switches = page.locator('[data-view-choice] [value="map"]')
    bar = 0 if switches.nth(0).locator("xpath=ancestor::*[@data-view-choice]").is_visible() else 1
    switches.nth(bar).press("Space")
    page.locator(".map-count").filter(has_text=re.compile(r"\d")).wait_for()


@dataclass(frozen=True)
class View:
    """A page in a state. `path` is added to the address of the page `name`, or stands alone without one."""

    title: str
    name: str = ""
    path: str = ""
    prepare: Callable[[Page], None] = _nothing
    is_whole: bool = True
    widths: tuple[int, ...] = tuple(WIDTHS)


VIEWS = (
    View("home", "home"),
    View("menu", "home", prepare=_open_menu, is_whole=False, widths=(360, FROM_TABLETS)),
    View("hubs", "hub_list"),
    View("hub", "hub"),
    View("hub below a hub", "sub_hub"),
    View("organizations", "organization_list"),
    View("organization", "organization"),
    View("projects", "project_list"),
    View("projects, filters", "project_list", prepare=_open_filters, is_whole=False, widths=(360,)),
    View("projects, narrowed", "project_list", "?open=true&sector=energy"),
    View("projects, none", "project_list", "?q=zeppelin&sector=energy"),
    View("projects, map", "project_list", prepare=_open_map, is_whole=False),
    View("project", "project"),
    View("stories", "story_list"),
    View("story", "story"),
    View("every block", "blocks"),
    View("questions", "faq"),
    View("contact", "contact"),
    View("search", path="/{language}/search/?q=solar"),
    View("search, none", path="/{language}/search/?q=xqzw"),
    View("people", path="/{language}/people/"),
    View("people, narrowed", path="/{language}/people/?skill=electrics"),
    View("sign in", path="/accounts/login/"),
    View("not found", path="/{language}/nothing/here/"),
    View("style guide", path="/styleguide/"),
)


def main() -> None:
    """Draw everything anew."""
    shutil.rmtree(FOLDER / "pages", ignore_errors=True)
    (FOLDER / "pages").mkdir(parents=True)
    with running_server() as server, sync_playwright() as playwright:
        found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        number = sum(1 for _picture in _draw(browser, server))
        browser.close()
    (FOLDER / "index.html").write_text(_index(), encoding="utf-8")
    sys.stdout.write(f"{number} pictures: {FOLDER / 'index.html'}\n")


def _draw(browser: Browser, server: Server) -> Iterator[Path]:
    for language in LANGUAGES:
        for scheme in SCHEMES:
            for width, height in WIDTHS.items():
                context = browser.new_context(
                    base_url=server.url, locale=language, color_scheme=scheme, reduced_motion="reduce",
                    viewport={"width": width, "height": height},
                )  # fmt: skip
                page = context.new_page()
                for view in VIEWS:
                    if width in view.widths:
                        yield _picture(page, server, view, _file(view, language, width, scheme))
                context.close()


def _picture(page: Page, server: Server, view: View, file: Path) -> Path:
    language = file.stem.split("-")[-3]
    path = view.path.format(language=language)
    page.goto(server.addresses[view.name][language] + path if view.name else path)
    # Pictures that wait until they are near the window are part of the page.
    page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach((one) => { one.loading = 'eager'; })")
    view.prepare(page)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file, full_page=view.is_whole, animations="disabled")
    return file


def _file(view: View, language: str, width: int, scheme: str) -> Path:
    name = view.title.replace(",", "").replace(" ", "_")
    return FOLDER / "pages" / f"{name}-{language}-{width}-{scheme}.png"


def _index() -> str:
    rows = []
    for view in VIEWS:
        pictures = "".join(
            f'<a href="pages/{file.name}"><img loading="lazy" src="pages/{file.name}" alt="{file.stem}"></a>'
            for language in LANGUAGES
            for scheme in SCHEMES
            for width in WIDTHS
            if (file := _file(view, language, width, scheme)).exists()
        )
        rows.append(f"<h2>{html.escape(view.title)}</h2><div>{pictures}</div>")
    style = (
        "body{font:1rem system-ui;margin:2rem}div{display:flex;gap:1rem;overflow-x:auto;align-items:start}"
        "img{height:32rem;width:auto;max-width:none;border:1px solid #999}"
    )
    return f'<!doctype html><meta charset="utf-8"><title>Screenshots</title><style>{style}</style>{"".join(rows)}'


if __name__ == "__main__":
    main()
