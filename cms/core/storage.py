"""Where static files go in production: under names that carry a hash of their content, cacheable for ever."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

OUR_FILES = "groundswell/"


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, in JavaScript imports too, with gzip and Brotli copies beside them for whitenoise or nginx.

    collectstatic fails when a file of ours names one that does not exist. Upstream files may: django_htmx ships modules
    whose comments import types from a file that is not there, which Django's patterns take for code.
    """

    support_js_module_import_aggregation = True
    # A page of an upstream package that names a file it does not ship loses that file, it does not become an error 500.
    manifest_strict = False

    def url_converter(
        self, name: str, hashed_files: Mapping[str, str], template: str | None = None
    ) -> Callable[[re.Match[str]], str]:
        """Return what rewrites one address within a file; an upstream address that leads nowhere stays as it is."""
        convert = super().url_converter(name, hashed_files, template)

        def convert_or_leave(match: re.Match[str]) -> str:
            try:
                return convert(match)
            except ValueError:
                if name.startswith(OUR_FILES):
                    raise
                return match[0]

        return convert_or_leave

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress what pages link, which are the hashed names; the plain ones would cost the same time again."""
        return super().compress_files(set(self.hashed_files.values()).intersection(paths))

    def stored_name(self, name: str) -> Any:
        """Return the hashed name, or the plain one of a file that was never collected."""
        try:
            return super().stored_name(name)
        except ValueError:
            return self.clean_name(name)
