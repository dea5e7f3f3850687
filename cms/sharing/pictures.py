"""Posters of pages: what they say, where they are found, and the file that is made of each once."""

import threading
import uuid
from dataclasses import astuple
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.crypto import salted_hmac
from PIL import Image as Picture
from wagtail.models import Page

from cms.core.site_context import HOME_DEPTH
from cms.directory.models import EntryText
from cms.directory.pictures import WIDE
from cms.taxonomy.selectors import TermLabel

from .posters import EDITION, HEIGHT, WIDTH, Poster, render

FOLDER = "posters"
HASH_LENGTH = 32
# One poster is a second of work: a process makes one after the other, and each only once.
_studio = threading.Lock()


def entry_poster(
    *, title: str, kind_label: str, sectors: list[TermLabel], place: str, image: dict[str, Any] | None, frame: Any
) -> Poster:
    """Return what an entry's poster says. `frame` has the network's name and theme, as `site_frame` returns it."""
    sector = sectors[0] if sectors else None
    return Poster(
        title=title,
        kicker=sector.name if sector else str(kind_label),
        note=place,
        hue=sector.detail if sector else "",
        network=frame["name"],
        theme=frame["theme"],
        credit=(image or {}).get("credit", ""),
    )


def page_poster(page: Page, frame: Any) -> Poster:
    """Return what the poster of a page without an entry says; a front page speaks for the network."""
    title = frame["name"] if page.depth <= HOME_DEPTH else page.title
    return Poster(title=title, network=frame["name"], theme=frame["theme"])


def poster_address(key: uuid.UUID, language: str, poster: Poster, image: dict[str, Any] | None = None) -> str:
    """Return the path of a poster. It changes with everything that the poster shows."""
    return reverse("poster", args=[language, key, poster_hash(poster, image)])


def poster_hash(poster: Poster, image: dict[str, Any] | None = None) -> str:
    """Return what names one look of a poster; nobody can guess one that we have not named."""
    said = "\n".join([str(EDITION), *astuple(poster), (image or {}).get("wide_url", "")])
    return salted_hmac("cms.sharing.posters", said, algorithm="sha256").hexdigest()[:HASH_LENGTH]


def poster_sizes() -> dict[str, int]:
    """Return width and height of every poster in pixels."""
    return {"width": WIDTH, "height": HEIGHT}


def poster_file(key: uuid.UUID, language: str, poster: Poster, image: dict[str, Any] | None = None) -> bytes:
    """Return a poster as PNG: the stored one, or a new one that is stored then. Earlier looks of it are forgotten.

    Safe to ask for at the same moment: the threads of a process wait for the first, and two processes may both draw but
    keep one file, since both draw the same.
    """
    name = f"{FOLDER}/{key}/{language}.{poster_hash(poster, image)}.png"
    if not default_storage.exists(name):
        with _studio:
            if not default_storage.exists(name):
                drawn = render(poster, _photograph(key, language) if image else None)
                _keep(name, drawn)
                return drawn
    with default_storage.open(name) as file:
        return bytes(file.read())


def _keep(name: str, drawn: bytes) -> None:
    stored = default_storage.save(name, ContentFile(drawn))
    if stored != name:
        # Another process was faster; a storage then finds a name of its own for the second.
        default_storage.delete(stored)
        return
    folder, _slash, own = name.rpartition("/")
    language = own.partition(".")[0]
    for other in default_storage.listdir(folder)[1]:
        if other != own and other.startswith(f"{language}."):
            default_storage.delete(f"{folder}/{other}")


def _photograph(key: uuid.UUID, language: str) -> Picture.Image | None:
    """Return the cover of the page that readers of a language see; None when its file is lost."""
    texts = EntryText.objects.live().filter(entry_id=key).select_related("entry")
    chosen = {text.language: text for text in texts}
    text = chosen.get(language) or next((text for text in texts if text.language == text.entry.shown_language), None)
    page = Page.objects.filter(pk=text.page_id).first() if text else None
    cover = getattr(page.specific, "cover", None) if page else None
    if cover is None:
        return None
    try:
        with cover.get_rendition(WIDE).file.open() as file:
            photograph = Picture.open(file)
            photograph.load()
            return photograph
    except OSError:
        return None
