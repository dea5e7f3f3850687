"""Reads the process environment once, with types and clear complaints."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}

ENGINES = {
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
    "sqlite": "django.db.backends.sqlite3",
}


def text(name: str, default: str = "") -> str:
    """Return the variable, or the text in the file that NAME_FILE points at, or the default."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def required(name: str) -> str:
    """Return the variable. Raises ImproperlyConfigured when it is missing or empty."""
    value = text(name)
    if not value:
        message = f"{name} must be set in the environment (or {name}_FILE must name a file with it)."
        raise ImproperlyConfigured(message)
    return value


def boolean(name: str, *, default: bool) -> bool:
    """Return a yes/no variable. Raises ImproperlyConfigured for any other word."""
    value = os.environ.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word in TRUE_WORDS | FALSE_WORDS:
        return word in TRUE_WORDS
    message = f"{name} must be true or false, not {value!r}."
    raise ImproperlyConfigured(message)


def number(name: str, default: int) -> int:
    """Return a whole number. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "")
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        message = f"{name} must be a whole number, not {value!r}."
        raise ImproperlyConfigured(message) from error


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without empty items."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, object]:
    """Return Django's database settings for `postgres://user:password@host:port/name?option=value` or `sqlite:///path`.

    Raises ImproperlyConfigured for another scheme.
    """
    parts = urlsplit(url)
    engine = ENGINES.get(parts.scheme)
    if engine is None:
        message = f"The database address must begin with postgres:// or sqlite:///, not {parts.scheme!r}."
        raise ImproperlyConfigured(message)
    name = unquote(parts.path.removeprefix("/"))
    settings: dict[str, object] = {"ENGINE": engine, "NAME": name}
    if engine.endswith("postgresql"):
        settings |= {
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    return settings
