"""Which foreign hosts the policy lets in: that of the map tiles, and no other."""

from typing import Any

import pytest

from cms.core.csp import public_policy


@pytest.mark.parametrize(
    ("address", "sources"),
    [
        ("", "'self' data:"),
        ("/tiles/{z}/{x}/{y}.png", "'self' data:"),
        ("https://tile.example.org/{z}/{x}/{y}.png?key=a", "'self' data: https://tile.example.org"),
        ("https://{s}.tile.example.org/{z}/{x}/{y}.png", "'self' data: https://*.tile.example.org"),
    ],
)
def test_pictures_come_from_here_and_the_host_of_the_tiles(settings: Any, address: str, sources: str) -> None:
    settings.MAP_TILE_URL = address
    policy = public_policy()
    assert policy["img-src"] == sources
    assert policy["connect-src"] == policy["script-src"] == policy["style-src"] == "'self'"
