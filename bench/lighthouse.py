"""What Google's Lighthouse says of four pages on a phone, from production with nginx in front."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from .client import ask
from .databases import DEMO, ready
from .proxy import proxied
from .server import Server, serve
from .table import Figure, median

FOLDER = Path(settings.VAR) / "lighthouse"
VERSION = "12"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHROME = "--headless=new --no-sandbox --disable-gpu"
# A single run is off by some points, whatever else the machine happens to do.
RUNS = 3


def measure() -> Iterator[Figure]:
    program = _program()
    with serve(ready(DEMO)) as server, proxied(server) as front:
        pages = _pages(front)
        scores = {name: _scores(program, f"{front.url}{path}") for name, path in pages.items()}
    for category in CATEGORIES:
        found = {name: of[category] for name, of in scores.items()}
        source = ", ".join(f"{name} {score:.0f}" for name, score in found.items())
        lowest = min(found.values())
        yield Figure(f"Lighthouse on a phone: {category}", lowest, 95, "", is_least=True, source=source)


def _program() -> Path:
    """Return Lighthouse, fetched by npm when it is not there: a tool of development, the product needs no Node."""
    found = FOLDER / "node_modules" / ".bin" / "lighthouse"
    if not found.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        npm = shutil.which("npm")
        if npm is None:
            message = "There is no npm on this machine to fetch Lighthouse with."
            raise RuntimeError(message)
        subprocess.run([npm, "install", "--silent", "--prefix", FOLDER, f"lighthouse@{VERSION}"], check=True)
    return found


def _pages(front: Server) -> dict[str, str]:
    """Return the addresses; of hubs and projects the first one with a picture, since pages without are lighter."""
    hub, project = (_with_picture(front, kind) for kind in ("hubs", "projects"))
    return {"home": "/en/", "hub": hub, "project": project, "browse": "/en/projects/"}


def _with_picture(front: Server, kind: str) -> str:
    rows = orjson.loads(ask(front.target(f"/api/v1/{kind}/?lang=en&page_size=100")).body)["results"]
    address: str = next((row for row in rows if row["image"]), rows[0])["url"]
    return address.removeprefix(front.url)


def _scores(program: Path, url: str) -> dict[str, float]:
    """Return the middle score of some runs for each category, from 0 to 100. The first one only warms the caches."""
    runs = [_run(program, url) for _number in range(RUNS + 1)][1:]
    return {name: median([run[name] for run in runs]) for name in CATEGORIES}


def _run(program: Path, url: str) -> dict[str, float]:
    arguments = ["--quiet", "--output=json", f"--chrome-flags={CHROME}", f"--only-categories={','.join(CATEGORIES)}"]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    answer = subprocess.run(
        [program, url, *arguments], env=environment, capture_output=True, text=True, check=True, timeout=300
    )
    report: dict[str, Any] = json.loads(answer.stdout)
    return {name: 100 * (report["categories"][name]["score"] or 0) for name in CATEGORIES}
