from typing import Any

import orjson
from rest_framework.renderers import JSONRenderer


class OrjsonRenderer(JSONRenderer):
    """JSON by orjson: rows go out as they came from the database."""

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS)


class GeoJsonRenderer(OrjsonRenderer):
    """The same under the name that maps look for (RFC 7946)."""

    media_type = "application/geo+json"
    format = "geojson"
