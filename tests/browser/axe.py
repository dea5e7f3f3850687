"""Runs axe-core in a page."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RUN = """(tags) => axe.run(document, {
  runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], elementRef: false,
})"""


# Colours fade when the scheme or the focus changes; what counts is what stands there afterwards.
# What inherits a colour begins to fade only when its parent has ended, hence the loop.
SETTLE = """async () => {
  const fading = () => document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
  for (let still = 0; still < 3; still = fading().length ? 0 : still + 1) {
    await Promise.allSettled(fading().map((one) => one.finished));
    await new Promise(requestAnimationFrame);
  }
}"""


def settle(page: Page) -> None:
    """Wait until nothing on the page fades or moves any more."""
    page.evaluate(SETTLE)


def violations(page: Page) -> list[str]:
    """Return one line for every element of the page that breaks a rule of WCAG 2.0 to 2.2, level A or AA."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE)
    settle(page)
    found: Any = page.evaluate(RUN, TAGS)
    return [
        f"{violation['id']}: {' '.join(node['target'][-1:])} – {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
