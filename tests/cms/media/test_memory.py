"""How much one upload makes a process grow, each measured in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from .corpus import BOMBS, animated, encoded, location_exif

MOST_GROWTH = 150  # megabytes
ROOT = Path(__file__).resolve().parents[3]
LARGE = (5700, 4380)  # 24,966,000 pixels, just below the limit


def large(mode: str = "RGB", size: tuple[int, int] = LARGE) -> Image.Image:
    return Image.effect_noise((size[0] // 8, size[1] // 8), 60).resize(size).convert("RGB").convert(mode)


LARGEST = {
    "jpeg": lambda: encoded("JPEG", large()),
    "jpeg turned": lambda: encoded("JPEG", large(), exif=location_exif(6)),
    "jpeg progressive": lambda: encoded("JPEG", large(size=(4900, 3800)), progressive=True),
    "cmyk": lambda: encoded("JPEG", large("CMYK"), quality=50),
    "png": lambda: encoded("PNG", Image.new("RGB", LARGE, (9, 99, 9)), compress_level=1),
    "png with alpha, turned": lambda: encoded("PNG", Image.new("RGBA", LARGE, (9, 99, 9, 9)), exif=location_exif(8)),
    "png palette": lambda: encoded("PNG", Image.new("P", LARGE, 7), transparency=1, compress_level=1),
    "png sixteen bits": lambda: encoded("PNG", Image.new("I;16", LARGE, 4000), compress_level=1),
    "gif": lambda: encoded("GIF", Image.new("P", LARGE, 7)),
    "webp": lambda: encoded("WEBP", large(size=(3840, 2160)), method=0, quality=60),
    "avif": lambda: encoded("AVIF", large(size=(3840, 2160)), speed=10),
    "animated webp": lambda: animated("WEBP", frames=40),
}
EXPECTED = dict.fromkeys(LARGEST, "stored") | {case.key: "refused" if case.refused else "stored" for case in BOMBS}


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """Return what each file cost, by its key."""
    folder = tmp_path_factory.mktemp("files")
    for key, make in (LARGEST | {case.key: case.make for case in BOMBS}).items():
        (folder / key).write_bytes(make())
    (folder / "warm").write_bytes(encoded("JPEG"))
    (folder / "control").write_bytes(encoded("PNG", Image.new("L", (14_000, 14_000)), compress_level=1))
    command = [sys.executable, str(Path(__file__).with_name("measure.py")), str(folder)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": str(ROOT)}
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return json.loads(answer.stdout)


@pytest.mark.parametrize("key", EXPECTED)
def test_growth(costs: dict[str, dict[str, object]], key: str):
    assert costs[key]["outcome"] == EXPECTED[key]
    assert costs[key]["growth"] <= MOST_GROWTH


def test_the_measure_sees_growth(costs: dict[str, dict[str, object]]):
    assert costs["control"]["growth"] > MOST_GROWTH
