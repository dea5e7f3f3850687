"""What a phone loads before the first picture: the home page with all its style sheets and scripts, compressed."""

import re
import zlib
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from .client import ask
from .databases import DEMO, ready
from .server import Server, serve
from .table import Figure

HOME = "/en/"
# nginx compresses pages as it sends them, at its usual level (deploy/nginx.conf names none).
LEVEL = 1
KILOBYTE = 1000
TAG = re.compile(r"<(link|script)\b([^>]*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r'([\w-]+)\s*=\s*"([^"]*)"')
LOADED = {"stylesheet", "modulepreload"}
# What style sheets and modules load in turn.
IMPORTED = re.compile(r"""@import\s+(?:url\()?["']?([^"')\s;]+)|\b(?:import|from)\s*\(?["']([^"']+)["']""")
FONT = re.compile(r"""url\(["']?([^"')]+\.woff2)""")


def measure() -> Iterator[Figure]:
    with serve(ready(DEMO)) as server:
        page = ask(server.target(HOME)).body
        parts = {HOME: len(_compressed(page))}
        texts = {}
        waiting = list(_linked(page.decode()))
        while waiting:
            path = waiting.pop()
            if path in parts:
                continue
            parts[path], texts[path] = _loaded(server, path)
            waiting += [urljoin(path, found[0] or found[1]) for found in IMPORTED.findall(texts[path])]
    fonts = {found for text in texts.values() for found in FONT.findall(text)}
    weight = sum(parts.values()) / KILOBYTE
    source = f"page {parts[HOME] / KILOBYTE:.1f} kB, {len(parts) - 1} files; {len(fonts)} fonts not counted"
    yield Figure("Home page on a phone: HTML, CSS and JS", weight, 150, "kB", source=source)


def _linked(page: str) -> Iterator[str]:
    """Yield the style sheets and scripts of a page, whatever screen they are for."""
    for name, rest in TAG.findall(page):
        attributes = dict(ATTRIBUTE.findall(rest))
        if name == "script" and "src" in attributes:
            yield urlsplit(attributes["src"]).path
        elif name == "link" and LOADED & set(attributes.get("rel", "").split()):
            yield urlsplit(attributes["href"]).path


def _loaded(server: Server, path: str) -> tuple[int, str]:
    """Return how many bytes come over the wire, and the text."""
    packed = ask(server.target(path, ("Accept-Encoding", "gzip")))
    plain = ask(server.target(path)).body
    is_packed = packed.header("content-encoding") == "gzip"
    return len(packed.body) if is_packed else len(_compressed(plain)), plain.decode()


def _compressed(body: bytes) -> bytes:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(body) + packer.flush()
