"""Counts what a client does, atomically and behind proxies that are known by number."""

import ipaddress
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

IPV6_NEIGHBOURHOOD = 64


@dataclass(frozen=True)
class Limit:
    """At most `number` times in `seconds`, counted by `scope`."""

    scope: str
    number: int
    seconds: int


def client_address(request: HttpRequest) -> str:
    """Return the client's address: the last hop that our own proxies saw. An IPv6 client counts by its /64."""
    proxies = settings.TRUSTED_PROXIES
    address = request.META.get("REMOTE_ADDR", "")
    if proxies:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= proxies:
            address = hops[-proxies]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            # A server that listens on both names IPv4 clients so; their /64 would be the whole IPv4 internet.
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((int(parsed), IPV6_NEIGHBOURHOOD), strict=False))
    return address


def is_over_limit(request: HttpRequest, limit: Limit, *, client: str = "") -> bool:
    """Count this request and return whether the client has gone over the limit in the running window.

    One atomic increment, so that requests at the same moment cannot all slip through.
    """
    if not getattr(settings, "THROTTLING_ENABLED", True):
        return False
    window = int(time.time()) // limit.seconds
    key = f"limit:{limit.scope}:{client or client_address(request)}:{window}"
    try:
        return cache.incr(key) > limit.number
    except ValueError:
        pass
    # The first in this window. Of several that are so at once, one adds the key, and all of them are counted.
    cache.add(key, 0, timeout=limit.seconds + 1)
    try:
        return cache.incr(key) > limit.number
    except ValueError:
        # The cache dropped the key between the two calls: start the count again rather than refuse.
        cache.set(key, 1, timeout=limit.seconds + 1)
        return False
