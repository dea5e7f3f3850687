"""The demo is what the README promises, the same every time, and stays out of production."""

import hashlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cms.directory.enums import Kind
from home.demo.content import key_of, read
from home.demo.people import PEOPLE
from platform_apps.accounts.services import DEMO_DOMAIN
from tests.demo import ROOT, copy_installation, environment, prepared_demo

pytestmark = pytest.mark.demo

AT_LEAST = {Kind.HUB: 12, Kind.ORGANIZATION: 40, Kind.PROJECT: 60, Kind.STORY: 24}
LANGUAGES = {"en", "de"}


def manage(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment(folder), check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where an installation with the demo keeps its database and files."""
    folder = tmp_path_factory.mktemp("demo")
    copy_installation(prepared_demo(), folder)
    return folder


@pytest.fixture
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(folder / "groundswell.sqlite3")
    yield connection
    connection.close()


def content(folder: Path) -> str:
    """Return a fingerprint of every row in the database."""
    connection = sqlite3.connect(folder / "groundswell.sqlite3")
    try:
        return hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()
    finally:
        connection.close()


def test_there_is_enough_of_everything(database: sqlite3.Connection) -> None:
    counted = dict(
        database.execute("SELECT kind, count(*) FROM directory_entry WHERE state = 'published' GROUP BY kind")
    )
    assert not {kind: counted.get(kind) for kind, number in AT_LEAST.items() if counted.get(kind, 0) < number}


def test_everything_is_public_in_both_languages(database: sqlite3.Connection) -> None:
    texts = database.execute(
        "SELECT entry_id, group_concat(language), min(title), min(length(summary))"
        " FROM directory_entrytext WHERE is_live GROUP BY entry_id"
    ).fetchall()
    assert len(texts) >= sum(AT_LEAST.values())
    assert not [title for _key, languages, title, _length in texts if set(languages.split(",")) != LANGUAGES]
    assert not [title for _key, _languages, title, length in texts if not length]


def test_the_two_languages_are_not_one_text_twice(database: sqlite3.Connection) -> None:
    same = database.execute(
        "SELECT one.title FROM directory_entrytext one JOIN directory_entrytext other"
        " ON one.entry_id = other.entry_id AND one.language < other.language AND one.summary = other.summary"
    ).fetchall()
    assert not same


def test_kinds_of_hubs_are_as_promised(database: sqlite3.Connection) -> None:
    hubs = dict(database.execute("SELECT hub_kind, count(*) FROM directory_entry WHERE kind = 'hub' GROUP BY hub_kind"))
    below = database.execute("SELECT count(*) FROM directory_entry WHERE kind = 'hub' AND parent_id IS NOT NULL")
    assert hubs["location"] >= 8
    assert hubs["sector"] >= 4
    assert below.fetchone()[0] >= 1


def test_texts_are_nobodys_filler(database: sqlite3.Connection) -> None:
    rows = database.execute("SELECT title, summary || ' ' || search_text FROM directory_entrytext").fetchall()
    assert not [title for title, text in rows if "lorem" in text.lower() or "ipsum" in text.lower()]
    summaries = [summary for (summary,) in database.execute("SELECT summary FROM directory_entrytext")]
    assert len(set(summaries)) == len(summaries)


def test_ids_are_the_same_in_every_installation(database: sqlite3.Connection) -> None:
    keys = {key for (key,) in database.execute("SELECT id FROM directory_entry WHERE kind = 'hub'")}
    assert {key_of("hub", name).hex for *_rest, name in PEOPLE if name} <= {key.replace("-", "") for key in keys}


def test_somebody_can_sign_in_for_every_role(database: sqlite3.Connection) -> None:
    query = "SELECT email FROM account_emailaddress WHERE verified AND email LIKE ?"
    addresses = {address for (address,) in database.execute(query, [f"%@{DEMO_DOMAIN}"])}
    members = {row["key"] for row in read("members")}
    assert addresses == {f"{name}@{DEMO_DOMAIN}" for name in {*(name for name, *_rest in PEOPLE), *members}}


def test_there_are_people_to_be_found(database: sqlite3.Connection) -> None:
    [[number]] = database.execute("SELECT count(*) FROM profiles_profile WHERE name_visibility = 'everyone'")
    assert number > 20


def test_the_directory_is_what_the_pages_say(folder: Path) -> None:
    checked = manage(folder, "check_directory")
    assert checked.returncode == 0, checked.stderr
    tree = manage(folder, "fixtree")
    assert "No problems found" in tree.stdout


def test_loading_it_again_changes_nothing(folder: Path) -> None:
    before = content(folder)
    again = manage(folder, "load_demo")
    assert (again.returncode, "loaded already" in again.stdout) == (0, True)
    assert manage(folder, "load_gazetteer", "--once").returncode == 0
    assert content(folder) == before


def test_production_does_not_start_on_it(folder: Path) -> None:
    program = (
        "import django; from django.conf import settings; django.setup();"
        "settings.DEMO_ACCOUNTS_ALLOWED = False;"
        "from platform_apps.accounts.services import refuse_demo_accounts; refuse_demo_accounts()"
    )
    command = [sys.executable, "-c", program]
    refused = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment(folder), check=False)
    assert refused.returncode == 1
    assert "active demo accounts" in refused.stderr


def test_without_the_gazetteer_it_says_what_is_missing(db: None) -> None:
    from django.core.management import CommandError, call_command

    with pytest.raises(CommandError, match="load_gazetteer"):
        call_command("load_demo")
