"""Pictures that rows name by address or path. The same picture with the same words is stored once."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from cms.media.models import Image
from cms.media.names import last_part
from cms.media.pipeline import CleanImage, clean_image

from .fetching import FetchRefusedError, check_address
from .tables import CellRefusedError

FOLDER = "pictures"
ADDRESS_STARTS = ("http://", "https://")


@dataclass
class Wanted:
    """A picture with its words, as a row wants it or a page has it; equal when both show the same.

    `digest` is the SHA-1 of the file as stored, "" when it was not looked at.
    """

    source: str
    alternative: str
    credit: str
    digest: str
    content: Any = field(default=None, repr=False)

    @classmethod
    def of(cls, image: Image | None) -> "Wanted | None":
        """Return the picture that a page has; None without one or with a lost file."""
        if image is None:
            return None
        try:
            digest = image.get_file_hash()
        except OSError:
            return None
        return cls(f"{FOLDER}/{last_part(image.file.name)}", image.description, image.credit, digest)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Wanted):
            return NotImplemented
        same_file = not self.digest or not other.digest or self.digest == other.digest
        return same_file and (self.alternative, self.credit) == (other.alternative, other.credit)

    __hash__ = None  # type: ignore[assignment]  # equal ones may have different digests

    def stored(self, title: str) -> Image:
        """Return the picture from the library, put there if it is new. `title` is its title then."""
        known = Image.objects.filter(file_hash=self.digest, description=self.alternative, credit=self.credit)
        image = known.order_by("pk").first()
        if image is None:
            image = Image(title=title, description=self.alternative, credit=self.credit, file=self.content)
            image.file_size, image.file_hash = self.content.size, self.digest
            image.save()
        return image


@dataclass
class PictureSource:
    """Gets pictures: from below `folder`, and by `fetch` from addresses. What is None is not available."""

    folder: Path | None = None
    fetch: Callable[[str], bytes] | None = None

    def wanted(self, source: str, alternative: str, credit: str) -> Wanted:
        """Return the picture that a cell names, read and cleaned. Raises CellRefusedError.

        Without `fetch` an address is only looked at, and the picture taken to be the one that the page has.
        """
        is_address = source.casefold().startswith(ADDRESS_STARTS)
        try:
            if is_address and self.fetch is None:
                check_address(source)
                return Wanted(source, alternative, credit, "")
            data = self.fetch(source) if is_address else self._read(source)
            content, digest = _cleaned(data, source)
        except FetchRefusedError as error:
            raise CellRefusedError(str(error)) from error
        except ValidationError as error:
            raise CellRefusedError(" ".join(error.messages)) from error
        return Wanted(source, alternative, credit, digest, content)

    def _read(self, source: str) -> bytes:
        if self.folder is None:
            raise CellRefusedError(_("Pictures from a folder can only be imported on the server. Use an address."))
        folder = self.folder.resolve()
        try:
            path = (folder / source).resolve()
            if not path.is_relative_to(folder) or not path.is_file():
                message = _("There is no such file in the folder of the import.")
                raise CellRefusedError(message)
            with path.open("rb") as file:
                return file.read(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE + 1)
        except (OSError, ValueError) as error:
            raise CellRefusedError(_("This file cannot be read.")) from error


def _cleaned(data: bytes, source: str) -> tuple[ContentFile, str]:
    """Return the picture through the pipeline and its digest. What came out of it once is not encoded again."""
    digest = _digest(data)
    if Image.objects.filter(file_hash=digest).exists():
        known = Image.objects.filter(file_hash=digest).order_by("pk")[0]
        return CleanImage(data, name=last_part(known.file.name)), digest
    content = clean_image(ContentFile(data), name=source)
    return content, _digest(content.read())


def _digest(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()
