"""Answers that are kept until something public changes, for reads that cost more than others."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from cms.core.page_cache.store import PageStore
from cms.core.page_cache.version import site_version

# A room of its own: whoever looks at every corner of the map must not drive the pages out of theirs.
answers = PageStore(8 * 1024 * 1024)


class KeptAnswerMixin:
    """Keeps the bytes of each answer under the version of the site, its address and language.

    While one request makes an answer, the others for the same wait for it instead of making it again.
    """

    store: ClassVar[PageStore] = answers

    def body(self, **path: Any) -> bytes:
        version = site_version()
        if not version:
            return super().body(**path)
        asked = urlencode(sorted(self.request.GET.items()))
        key = f"{version} {self.language} {self.absolute(self.request.path)}?{asked}"
        kept = self.store.get(key)
        if kept is None:
            with self.store.drawing(key) as drawn:
                kept = drawn or self.store.put(key, super().body(**path), ())
        return kept.body
