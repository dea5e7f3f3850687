"""The base of every read of the API: parameters, language, caching and the document come with it."""

from hashlib import blake2b
from http import HTTPStatus
from typing import Any, ClassVar

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.http.request import HttpRequest
from django.utils import translation
from django.utils.cache import patch_vary_headers
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cms.core.page_cache.answers import SECONDS

from .languages import language_of
from .pagination import (
    DEFAULT_PAGE_SIZE,
    PAGE_PARAMETERS,
    Position,
    Slice,
    SortKey,
    read_cursor,
    slice_of,
    write_cursor,
)
from .parameters import LANG, BadParameterError, Fields, Parameter, parse_query, refuse
from .schema import ReadSchema
from .serializers import page_of, selectable
from .tags import KeptTag, holds

PUBLIC = f"public, max-age={SECONDS}"
FIELDS = "fields"
PAGING = frozenset({"cursor", "page_size", "lang", FIELDS})


class ReadView(APIView):
    """A public read. Subclasses declare `parameters` and `row_serializer` and answer `read`."""

    permission_classes = [AllowAny]
    http_method_names = ["get", "head", "options"]
    schema = ReadSchema()

    tag: ClassVar[str]
    is_list: ClassVar[bool] = False
    parameters: ClassVar[dict[str, Parameter]] = {"lang": LANG}
    row_serializer: ClassVar[type[serializers.Serializer]]

    @classmethod
    def operation(cls) -> str:
        """Return the name of what the view does, for the document."""
        return "list" if cls.is_list else "detail"

    @classmethod
    def answer_serializer(cls) -> type[serializers.Serializer]:
        """Return the serializer that documents the answer."""
        row = selectable(cls.row_serializer) if FIELDS in cls.parameters else cls.row_serializer
        return page_of(row) if cls.is_list else row

    def chosen(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of a row that the client asks for, all of them when it does not say."""
        return {name: row[name] for name in self.values[FIELDS]} if FIELDS in self.values else row

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(translation.get_language()):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.language = language_of(request)
        translation.activate(self.language)
        super().initial(request, *args, **kwargs)

    def get(self, request: Request, **path: Any) -> HttpResponse:
        self.values = parse_query(self.parameters, request.GET)
        is_shared = "Authorization" not in request.headers and settings.SESSION_COOKIE_NAME not in request.COOKIES
        tags = KeptTag(request, self.language) if is_shared else None
        if tags and tags.is_known:
            response = _not_modified(tags.tag)
        else:
            response = answered(request, self.body(**path))
            if tags:
                tags.keep(response.headers["ETag"])
        if is_shared:
            response.headers["Cache-Control"] = PUBLIC
        return response

    def body(self, **path: Any) -> bytes:
        """Return the answer as it is sent."""
        return orjson.dumps(self.read(**path))

    def read(self, **path: Any) -> Any:
        """Return the answer as plain data."""
        raise NotImplementedError

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Content-Language"] = getattr(self, "language", settings.LANGUAGE_CODE)
        patch_vary_headers(response, ["Accept-Language"])
        if isinstance(response, Response) and response.status_code >= 400:  # noqa: PLR2004 (any error)
            response.headers["Cache-Control"] = "no-store"
        return response

    def absolute(self, path: str) -> str:
        """Return the address of a path on this site; addresses elsewhere stay as they are."""
        if not hasattr(self, "_origin"):
            self._origin = f"{self.request.scheme}://{self.request.get_host()}"
        return f"{self._origin}{path}" if path.startswith("/") else path


def answered(request: Request, body: bytes) -> HttpResponse:
    """Return the body with its tag, or 304 when the client holds it."""
    tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    if holds(request, tag):
        return _not_modified(tag)
    return HttpResponse(body, content_type=request.accepted_renderer.media_type, headers={"ETag": tag})


def _not_modified(tag: str) -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": tag})
    del response.headers["Content-Type"]
    return response


class SelectableMixin:
    """Lets clients ask for some fields only: every view with rows of its own gets the parameter `fields`."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        names = tuple(cls.row_serializer().fields) if hasattr(cls, "row_serializer") else ()
        about = "Only these fields, with commas between them. Without it, all."
        cls.parameters = cls.parameters | {FIELDS: Fields(about, names=names)}


class PagedView(ReadView):
    """A list by keyset pages. Subclasses say what `orderings` there are and make rows of a slice."""

    is_list = True
    parameters: ClassVar[dict[str, Parameter]] = {**PAGE_PARAMETERS, "lang": LANG}

    def page(self, rows: Any, key: SortKey) -> Slice:
        """Return the page of a `.values()` queryset that the client asks for."""
        position = None
        if "cursor" in self.values:
            try:
                position = read_cursor(self.values["cursor"], self._fingerprint(key), key)
            except BadParameterError as error:
                raise refuse("cursor", str(error)) from error
        return slice_of(rows, key, position, self.values.get("page_size", DEFAULT_PAGE_SIZE))

    def envelope(self, page: Slice, results: list[dict[str, Any]], key: SortKey) -> dict[str, Any]:
        """Return the answer of a list: its rows, and the addresses of the pages after and before."""
        fingerprint = self._fingerprint(key)
        links = {
            name: self._link(write_cursor(position, fingerprint)) if position else None
            for name, position in (("next", page.next), ("previous", page.previous))
        }
        return {"results": results, **links}

    def link_behind(self, page: Slice, key: SortKey) -> str:
        """Return the address of what will come behind a page, also when nothing has come yet."""
        last = page.rows[-1] if page.rows else None
        if last:
            return self._link(write_cursor(Position(last[key.name], str(last["id"])), self._fingerprint(key)))
        return self.absolute(self.request.get_full_path())

    def _link(self, cursor: str) -> str:
        query = self.request.GET.copy()
        query["cursor"] = cursor
        return self.absolute(f"{self.request.path}?{query.urlencode()}")

    def _fingerprint(self, key: SortKey) -> str:
        """Return what a cursor is bound to: address, filters, order, and the language where it sorts by words."""
        bound = sorted((name, text) for name, text in self.request.GET.items() if name not in PAGING)
        return orjson.dumps([self.request.path, bound, key.name, self.language if key.is_worded else ""]).decode()


def found(thing: Any) -> Any:
    """Return the thing, or answer 404 when there is none."""
    if not thing:
        raise NotFound
    return thing
