"""What the figures were measured on."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings
from django.db import connections
from redis import Redis

GIGABYTE_IN_KILOBYTES = 1024 * 1024


def lines() -> list[str]:
    """Return the machine, the versions and how busy it is, a line each."""
    memory = next(line for line in _read("/proc/meminfo") if line.startswith("MemTotal"))
    model = next((line.split(":")[1].strip() for line in _read("/proc/cpuinfo") if line.startswith("model name")), "")
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('shared_buffers'), postgis_version()")
        postgres, buffers, postgis = cursor.fetchone()
    redis = Redis.from_url(settings.REDIS_URL).info("server")["redis_version"]
    return [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, load {os.getloadavg()[0]:.1f} at the beginning",
        f"{os.cpu_count()} processors ({model or platform.machine()}),"
        f" {int(memory.split()[1]) / GIGABYTE_IN_KILOBYTES:.0f} GiB",
        f"Python {platform.python_version()}, Django {django.__version__}, Redis {redis},"
        f" PostgreSQL {postgres} with {buffers} of buffers, PostGIS {postgis.split()[0]}",
    ]


def _read(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines()
