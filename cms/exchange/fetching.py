"""Fetches pictures from addresses that strangers wrote into a file, and from nowhere inside our own network."""

import ipaddress
import socket
import time
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 10
MOST_HOPS = 5
PORTS = {"http": 80, "https": 443}
# IPv6 addresses that carry an IPv4 one: who connects to them may end at it.
TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class FetchRefusedError(Exception):
    """The address is not fetched, or gave no file; the message is for people."""


def fetch(url: str, *, allowed: Iterable[Network] = ()) -> bytes:
    """Return what an http(s) address gives, at most as large as an upload, within ten seconds.

    Names are resolved here, every address must be a public one, and the connection goes to that very address; so for
    every redirect. `allowed` opens networks that would be refused; tests name the machine itself. Raises
    FetchRefusedError.
    """
    deadline = time.monotonic() + SECONDS
    allowed = tuple(allowed)
    try:
        # Proxies of the environment would make the connection in our place, unchecked.
        with httpx.Client(trust_env=False, follow_redirects=False) as client:
            for _hop in range(MOST_HOPS):
                moved_to, content = _request(client, url, _public_address(url, allowed), deadline)
                if moved_to is None:
                    return content
                url = urljoin(url, moved_to)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        message = _("The address gives no answer: %(reason)s.")
        raise FetchRefusedError(message % {"reason": type(error).__name__}) from error
    raise FetchRefusedError(_("The address leads from one to the next without end."))


def check_address(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port of an address. Raises FetchRefusedError unless it is plain http or https."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchRefusedError(_("This is not an address.")) from error
    if parts.scheme not in PORTS or not host:
        raise FetchRefusedError(_("Addresses of pictures begin with http:// or https://."))
    if parts.username or parts.password:
        raise FetchRefusedError(_("Addresses of pictures must not hold a password."))
    return parts.scheme, host, port or PORTS[parts.scheme]


def _public_address(url: str, allowed: tuple[Network, ...]) -> Address:
    """Return an address of the host. One that must not be reached is enough to refuse them all."""
    _scheme, host, port = check_address(url)
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchRefusedError(_("This host is not known.")) from error
    # A scope («%eth0») only comes with addresses that are refused.
    addresses = [ipaddress.ip_address(answer[4][0].partition("%")[0]) for answer in answers]
    if not addresses or not all(is_public(address) or _is_in(address, allowed) for address in addresses):
        raise FetchRefusedError(_("This address lies in a network that is not public."))
    return addresses[0]


def _is_in(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks if network.version == address.version)


def is_public(address: Address) -> bool:
    """Return whether an address belongs to the public internet, and whatever IPv4 address it carries as well."""
    if isinstance(address, ipaddress.IPv6Address):
        carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if any(address in network for network in TRANSLATED):
            carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(inner is not None and not is_public(inner) for inner in carried):
            return False
        if address.ipv4_mapped is not None:
            return True
    return address.is_global and not address.is_multicast and not address.is_reserved


def _request(client: httpx.Client, url: str, address: Address, deadline: float) -> tuple[str | None, bytes]:
    """Return where the answer sends us, or what it holds."""
    scheme, host, port = check_address(url)
    target = httpx.URL(url).copy_with(host=str(address), port=port)
    shown = f"[{host}]" if ":" in host else host.encode("idna").decode()
    headers = {
        "Host": shown if port == PORTS[scheme] else f"{shown}:{port}",
        "Accept": "image/*",
        # Packed answers could unpack to any size.
        "Accept-Encoding": "identity",
        "User-Agent": "Groundswell import",
    }
    # The certificate must be the host's, although the connection goes to a number.
    extensions = {"sni_hostname": shown} if scheme == "https" else {}
    timeout = max(0.1, deadline - time.monotonic())
    with client.stream("GET", target, headers=headers, timeout=timeout, extensions=extensions) as response:
        if response.is_redirect:
            return response.headers["location"], b""
        if response.status_code != httpx.codes.OK:
            message = _("The address answers with %(status)s.")
            raise FetchRefusedError(message % {"status": response.status_code})
        if response.headers.get("content-encoding", "identity") != "identity":
            raise FetchRefusedError(_("The address answers with a packed file."))
        return None, _content(response, deadline)


def _content(response: httpx.Response, deadline: float) -> bytes:
    content = bytearray()
    for part in response.iter_raw():
        content += part
        if len(content) > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
            message = _("The picture is larger than %(most)s MB.")
            raise FetchRefusedError(message % {"most": settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE // 1024 // 1024})
        if time.monotonic() > deadline:
            message = _("The address takes longer than %(most)s seconds.")
            raise FetchRefusedError(message % {"most": SECONDS})
    return bytes(content)
