from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

NAME = "GROUNDSWELL_SAMPLE"


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.delenv(f"{NAME}_FILE", raising=False)


def test_text_is_the_variable_or_the_default(monkeypatch: pytest.MonkeyPatch):
    assert environment.text(NAME) == ""
    assert environment.text(NAME, "fallback") == "fallback"
    monkeypatch.setenv(NAME, "value")
    assert environment.text(NAME, "fallback") == "value"


def test_text_comes_from_a_file_when_one_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    path = tmp_path / "secret"
    path.write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv(NAME, "from the environment")
    monkeypatch.setenv(f"{NAME}_FILE", str(path))
    assert environment.text(NAME) == "from the file"
    assert environment.required(NAME) == "from the file"


def test_a_file_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "missing"))
    with pytest.raises(FileNotFoundError):
        environment.text(NAME, "fallback")


@pytest.mark.parametrize("value", [None, ""])
def test_required_refuses_what_is_missing_or_empty(monkeypatch: pytest.MonkeyPatch, value: str | None):
    if value is not None:
        monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        environment.required(NAME)


@pytest.mark.parametrize(
    ("word", "value"),
    [("1", True), ("true", True), ("Yes", True), (" on ", True), ("0", False), ("false", False), ("NO", False),
     ("off", False), ("", False)],
)  # fmt: skip
def test_boolean_reads_yes_and_no(monkeypatch: pytest.MonkeyPatch, word: str, value: bool):
    monkeypatch.setenv(NAME, word)
    assert environment.boolean(NAME, default=not value) is value


@pytest.mark.parametrize("default", [True, False])
def test_boolean_without_the_variable_is_the_default(default: bool):
    assert environment.boolean(NAME, default=default) is default


@pytest.mark.parametrize("word", ["ture", "2", "enabled"])
def test_boolean_refuses_other_words(monkeypatch: pytest.MonkeyPatch, word: str):
    monkeypatch.setenv(NAME, word)
    with pytest.raises(ImproperlyConfigured, match=word):
        environment.boolean(NAME, default=False)


@pytest.mark.parametrize(("word", "value"), [("0", 0), ("25", 25), ("", 7)])
def test_number_reads_whole_numbers(monkeypatch: pytest.MonkeyPatch, word: str, value: int):
    assert environment.number(NAME, 7) == 7
    monkeypatch.setenv(NAME, word)
    assert environment.number(NAME, 7) == value


@pytest.mark.parametrize("word", ["1.5", "many", "0x10"])
def test_number_refuses_everything_else(monkeypatch: pytest.MonkeyPatch, word: str):
    monkeypatch.setenv(NAME, word)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        environment.number(NAME, 7)


def test_words_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch):
    assert environment.words(NAME) == []
    assert environment.words(NAME, "a,b") == ["a", "b"]
    monkeypatch.setenv(NAME, " a.example.org, ,b.example.org,")
    assert environment.words(NAME) == ["a.example.org", "b.example.org"]


def test_database_address_of_postgresql():
    assert environment.database("postgres://some%40one:p%2Fw@db.example.org:6432/net%20work?sslmode=require") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "net work",
        "USER": "some@one",
        "PASSWORD": "p/w",
        "HOST": "db.example.org",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_database_address_without_user_port_and_options():
    settings = environment.database("postgresql://db.example.org/network")
    assert [settings[key] for key in ("USER", "PASSWORD", "PORT", "OPTIONS")] == ["", "", "", {}]


def test_database_address_of_sqlite():
    assert environment.database("sqlite:////srv/data.sqlite3") == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "/srv/data.sqlite3",
    }


@pytest.mark.parametrize("address", ["mysql://db.example.org/network", "network", ""])
def test_other_databases_are_refused(address: str):
    with pytest.raises(ImproperlyConfigured, match="postgres://"):
        environment.database(address)
