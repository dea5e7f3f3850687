"""Who holds an answer already is told so without the answer being made again."""

from functools import cached_property

from django.utils.http import parse_etags
from rest_framework.request import Request

from cms.core.page_cache.answers import KeptAnswer


def holds(request: Request, tag: str) -> bool:
    """Return whether the client holds the answer of that tag; a proxy that compresses makes our tag a weak one."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or tag in known or f"W/{tag}" in known


class KeptTag:
    """The tag of the answer to one question of anybody."""

    def __init__(self, request: Request, language: str) -> None:
        self.request = request
        self.kept = KeptAnswer(f"tag {language} {request.build_absolute_uri()}")

    @cached_property
    def tag(self) -> str:
        """The tag of the answer as it is now; "" where nobody has asked lately, or nothing is kept."""
        return (self.kept.get() or "") if "If-None-Match" in self.request.headers else ""

    @property
    def is_known(self) -> bool:
        """Whether the client holds the answer."""
        return bool(self.tag) and holds(self.request, self.tag)

    def keep(self, tag: str) -> None:
        """Remember the tag for who asks the same soon."""
        self.kept.keep(tag)
