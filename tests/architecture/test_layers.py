"""What import-linter holds, held by the suite as well; and that every app of the features can be left out."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = ROOT / "pyproject.toml"
# The ground that the features stand on; every other app of the platform can be taken out.
GROUND = {f"platform_apps.{app}" for app in ("accounts", "core", "memberships", "profiles")}
FEATURES = [app for app in settings.INSTALLED_APPS if app.startswith("platform_apps.") and app not in GROUND]
CHECK = """
import sys
from config.settings import test
test.INSTALLED_APPS = [app for app in test.INSTALLED_APPS if app not in sys.argv[1:]]
import django
django.setup()
from django.core.management import call_command
call_command("check")
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
from django.urls import get_resolver
get_resolver().url_patterns
"""


def lint(configuration: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--config", configuration, "--no-cache"]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)


def test_imports_point_down() -> None:
    found = lint(CONFIGURATION)
    assert found.returncode == 0, found.stdout


def test_the_contracts_see_an_import_that_points_up(tmp_path: Path) -> None:
    upside_down = tmp_path / "contracts.ini"
    upside_down.write_text(
        "[importlinter]\nroot_packages =\n    config\n    cms\n\n"
        "[importlinter:contract:1]\nname = Upside down\ntype = layers\nlayers =\n    cms\n    config\n"
    )
    assert lint(upside_down).returncode == 1


def test_every_app_is_on_a_floor() -> None:
    contracts = tomllib.loads(CONFIGURATION.read_text())["tool"]["importlinter"]["contracts"]
    named = " ".join(" ".join(contract.get("layers", [])) for contract in contracts)
    rooms = [path.name for path in (ROOT / "cms").iterdir() if (path / "__init__.py").exists()]
    assert rooms
    assert not [room for room in rooms if not re.search(rf"\b{room}\b", named)]


def leave_out(*apps: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    command = [sys.executable, "-c", CHECK, *apps]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=300, check=False)


def test_the_platform_stands_without_its_features() -> None:
    together = leave_out(*FEATURES)
    assert together.returncode == 0, together.stderr
    for app in FEATURES:
        alone = leave_out(app)
        assert alone.returncode == 0, f"{app}: {alone.stderr}"


def test_leaving_out_an_app_that_others_need_is_noticed() -> None:
    assert leave_out("cms.places").returncode != 0


@pytest.mark.parametrize("room", ["config", "cms", "home", "search", "platform_apps"])
def test_no_door_past_the_contracts(room: str) -> None:
    """`apps.get_model` hides an import from the linter; only migrations may use it."""
    found = []
    for path in (ROOT / room).rglob("*.py"):
        if "migrations" in path.parts:
            continue
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)]
        found += [f"{path}:{call.lineno}" for call in calls if call.attr == "get_model"]
    assert not found
