"""Reads the demo's YAML files."""

import hashlib
import uuid
from functools import cache
from pathlib import Path
from typing import Any

import yaml

# The parser in C is ten times faster, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FOLDER = Path(__file__).parent
NAMESPACE = uuid.UUID("6b0f5f0e-6c1e-5c0f-8f63-1f0d2d7b1c11")


@cache
def read(name: str) -> Any:
    """Return the content of `<name>.yaml`, or of all `<name>_*.yaml` one after the other."""
    paths = [FOLDER / f"{name}.yaml"] if (FOLDER / f"{name}.yaml").exists() else sorted(FOLDER.glob(f"{name}_*.yaml"))
    parts = [yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) for path in paths]  # noqa: S506 (both are safe)
    return parts[0] if len(parts) == 1 else [item for part in parts for item in part]


def key_of(kind: str, key: str) -> uuid.UUID:
    """Return the id that a demo thing has on every machine."""
    return uuid.uuid5(NAMESPACE, f"{kind}:{key}")


def version() -> str:
    """Return a short text that changes with any file of the demo."""
    digest = hashlib.sha256()
    for path in sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob("*.py"), *FOLDER.glob("pictures/*.jpg")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
