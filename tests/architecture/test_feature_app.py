"""The seam: an app shows itself on pages and in texts with no edit in cms, and goes without a trace.

INSTALLED_APPS is read once per process, so each state of the installation has a process of its own over one database.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WITH, WITHOUT = "tests.feature_app.settings", "config.settings.test"


def run(program: str, settings: str, folder: Path) -> str:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings, "GROUNDSWELL_VAR": str(folder)}
    environment.pop("GROUNDSWELL_TEST_SERVICES", None)
    command = [sys.executable, "-m", program]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=300, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    return ended.stdout


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return where the installation keeps its database, and the project's page as it was with the app."""
    folder = tmp_path_factory.mktemp("installation")
    return folder, run("tests.feature_app.fill", WITH, folder)


def test_a_feature_appears_on_pages_and_in_texts(installation: tuple[Path, str]) -> None:
    _folder, html = installation
    assert '<section id="cheers">1 cheers for Balcony</section>' in html
    assert '<p id="cheering">Cheer for Balcony</p>' in html
    assert "Your turn" in html


def test_taken_out_it_leaves_no_trace_and_its_pages_can_be_edited(installation: tuple[Path, str]) -> None:
    folder, _html = installation
    found = json.loads(run("tests.feature_app.read", WITHOUT, folder).partition("FOUND")[2])
    assert found["codes"] == [200, 200, 200, 200, 302], found["errors"]
    assert "cheer" not in found["html"].lower()
    assert "Your turn" not in found["html"]
    assert found["title"] == "Balconies"
