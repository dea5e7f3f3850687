"""A script: cleans each file of a folder in a process of its own and writes what that cost, as JSON.

The folder is the first argument. Each child is forked from this small process and starts its own account: a program
started straight from a large one (the test run) inherits the largest resident size of that one and shows no growth.
"""

import json
import os
import resource
import sys
import time
import warnings
from pathlib import Path

import django
from django.core.exceptions import ValidationError
from django.core.files import File
from PIL import Image


def resident() -> int:
    """Return the largest resident size of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def clean(path: Path) -> str:
    from cms.media.pipeline import clean_image  # needs Django set up

    try:
        with path.open("rb") as file:
            clean_image(File(file), name=path.name)
    except ValidationError:
        return "refused"
    return "stored"


def decode(path: Path) -> str:
    """Decode without any limit: the control, which shows that growth is seen."""
    Image.MAX_IMAGE_PIXELS = None
    Image.open(path).load()
    return "decoded"


def measured(path: Path) -> dict[str, object]:
    """Return growth in megabytes, seconds and outcome for one file."""
    reader, writer = os.pipe()
    if child := os.fork():
        os.close(writer)
        with os.fdopen(reader) as answer:
            result = json.loads(answer.read())
        os.waitpid(child, 0)
        return result
    before, start = resident(), time.monotonic()
    outcome = (decode if path.name.startswith("control") else clean)(path)
    result = {"growth": resident() - before, "seconds": time.monotonic() - start, "outcome": outcome}
    os.write(writer, json.dumps(result).encode())
    os._exit(0)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    django.setup()
    Image.init()
    folder = Path(sys.argv[1])
    clean(folder / "warm")  # so that the imports of the decoders are not counted
    sys.stdout.write(json.dumps({path.name: measured(path) for path in sorted(folder.iterdir())}))
