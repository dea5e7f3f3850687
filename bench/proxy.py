"""nginx in front of the server, as `deploy/nginx.conf` has it, but for TLS and the addresses of other machines."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from .client import UnexpectedAnswerError, ask
from .server import ROOT, START_LIMIT, Server, free_port

FOLDER = Path(settings.VAR) / "nginx"
TLS = re.compile(r"^ *ssl_.*\n", re.MULTILINE)
# Sends what comes by plain HTTP to the address with TLS.
REDIRECT = re.compile(r"    server \{\n        listen 80 default_server;.*?\n    \}\n", re.DOTALL)
HEALTH = re.compile(r"    # For the container's health check.*?    server \{.*?\n    \}\n", re.DOTALL)


def configuration(text: str, *, port: int, upstream: str, folder: Path) -> str:
    """Return the configuration for this machine. Raises ValueError when the one of the product has changed too much."""
    found = REDIRECT.sub("", HEALTH.sub("", TLS.sub("", text)))
    changes = {
        "listen 443 ssl http2 default_server;": f"listen 127.0.0.1:{port};",
        # Here the port is a part of the address.
        "proxy_set_header Host $host;": "proxy_set_header Host $http_host;",
        "server web:8000;": f"server {upstream};",
        "server sockets:8000;": f"server {upstream};",
        "/var/cache/nginx/pages": f"{folder}/pages",
        "/srv/groundswell/media/": f"{settings.MEDIA_ROOT}/",
    }
    for old, new in changes.items():
        if old not in found:
            message = f"deploy/nginx.conf has no {old!r} any more."
            raise ValueError(message)
        found = found.replace(old, new)
    own = f"daemon off;\nuser root;\npid {folder}/pid;\nerror_log {folder}/errors warn;\n"
    return own + found.replace("http {", "http {\n    access_log off;", 1)


@contextmanager
def proxied(server: Server) -> Iterator[Server]:
    """Put nginx in front of a server until the block ends. Raises RuntimeError where there is no nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        message = "There is no nginx on this machine (Debian: apt-get install nginx-light)."
        raise RuntimeError(message)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    port, text = free_port(), (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    path = FOLDER / "nginx.conf"
    path.write_text(configuration(text, port=port, upstream=server.url.removeprefix("http://"), folder=FOLDER))
    process = subprocess.Popen([program, "-c", str(path), "-e", str(FOLDER / "errors")])
    try:
        yield _answering(Server(f"http://127.0.0.1:{port}", server.pid))
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answering(front: Server) -> Server:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        try:
            ask(front.target("/healthz/"))
        except (OSError, UnexpectedAnswerError):
            time.sleep(0.1)
        else:
            return front
    message = f"nginx did not start: {(FOLDER / 'errors').read_text()}"
    raise RuntimeError(message)
