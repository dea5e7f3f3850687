"""Content security policies: nothing from elsewhere on public pages, the narrowest tested one for the admin."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

VIDEO_HOSTS = "https://www.youtube-nocookie.com https://player.vimeo.com"


def _join(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}".strip() for name, sources in policy.items())


def _host_of(address: str) -> str:
    # Tiles may come from several hosts, as in https://{s}.tile.example.org.
    parts = urlsplit(address.replace("{s}.", "*."))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def public_policy() -> dict[str, str]:
    """Return the policy of every public page: our own files, map tiles, and a player in a frame after a click."""
    media = _host_of(settings.MEDIA_URL)
    return {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": " ".join(filter(None, ["'self'", "data:", _host_of(settings.MAP_TILE_URL), media])),
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "frame-src": VIDEO_HOSTS,
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }


def admin_policy() -> dict[str, str]:
    """Return the admin's policy: scripts from our own files only; Wagtail still writes styles into its pages."""
    return public_policy() | {
        "default-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": f"'self' data: blob: {_host_of(settings.MEDIA_URL)}".strip(),
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
    }


def embed_policy() -> str:
    """Return the policy of widgets: other sites may frame them, and they run nothing and send nothing."""
    public = public_policy()
    kept = {name: public[name] for name in ("default-src", "style-src", "img-src", "font-src", "base-uri")}
    return _join(kept | {"form-action": "'none'", "frame-ancestors": "*"})


def _host_of_partner(request: HttpRequest) -> str:
    """Return where a partner site wants the person back. Whether it may is decided before the page is shown."""
    match = re.match(r"https?://[A-Za-z0-9.:-]+(?=[/?#]|$)", request.GET.get("redirect_uri", ""))
    return match[0] if match else ""


def policy_for(request: HttpRequest) -> str:
    """Return the policy that fits the request's area."""
    path = request.path
    if path.startswith("/admin/"):
        return _join(admin_policy())
    if path.startswith(settings.MEDIA_URL):
        return "default-src 'none'; style-src 'none'; sandbox"
    if path.startswith("/api/v1/docs"):
        # Swagger UI sets styles on its own elements.
        return _join(public_policy() | {"style-src": "'self' 'unsafe-inline'"})
    policy = public_policy()
    if path.startswith("/accounts/"):
        # Its forms lead on to where people have their accounts, and browsers hold redirects to the policy as well.
        policy["form-action"] = " ".join(["'self'", *settings.SIGN_IN_HOSTS])
    if path.startswith("/identity/"):
        policy["form-action"] = f"'self' {_host_of_partner(request)}".strip()
    if getattr(request, "is_preview", False):
        policy["frame-ancestors"] = "'self'"
    return _join(policy)
