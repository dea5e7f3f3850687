"""Asks this container's own server whether it is alive. Exits with 0 when it is, with 1 when not.

Django answers only to the host names it knows, so the question carries the first one of GROUNDSWELL_HOSTS.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException

PORT = 8000
TIMEOUT_SECONDS = 4
OK = 200


def host_name(hosts: str) -> str:
    """Return a name that the first of Django's allowed hosts matches: itself, or something below a wildcard."""
    first = hosts.split(",", maxsplit=1)[0].strip()
    if first == "*":
        return "localhost"
    return f"health{first}" if first.startswith(".") else first


def is_alive(port: int, host: str) -> bool:
    """Return whether the server on this machine answers 200 to /healthz/ in time."""
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/healthz/", headers={"Host": host})
        return connection.getresponse().status == OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_alive(PORT, host_name(os.environ.get("GROUNDSWELL_HOSTS", ""))) else 1)
