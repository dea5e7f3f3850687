"""What goes out comes back: the same directory in an empty site, in each format."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command

from cms.directory.check import MODELS, differences
from cms.directory.models import Entry
from cms.media.models import Image
from cms.organizations.models import OrganizationPage
from cms.places.models import Place
from cms.projects.models import ProjectPage
from tests.cms.exchange.conftest import Site
from tests.factories.media import image_file

NOT_COMPARED = {"id", "updated_at", "published_at", "last_activity_at", "rank", "page_id", "image"}
LINK = '<a href="https://a.example/?b=1&amp;c=2">'


def blocks(text: str, strong: str, step: str, page: str) -> list[dict[str, Any]]:
    steps = [{"when": "1", "title": step, "text": ""}, {"when": "2", "title": "B", "text": "x"}]
    return [
        {"type": "text", "value": f"<h3>So</h3><p>{text} <b>{strong}</b> &amp; {LINK}link</a>.</p>"},
        {"type": "timeline", "value": {"steps": steps}},
        {"type": "call", "value": {"title": text, "label": "I do", "page": page}},
    ]


def rows(page: str) -> list[dict[str, Any]]:
    return [
        {
            "kind": "organization", "key": "o", "title": "=Sum of us", "summary": "-A, +B and @C.", "slug": "sum",
            "body": "'quoted'\n\nSecond.", "sectors": ["solar", "food"], "hubs": ["berlin"], "place": "Hiddensee",
            "country": "DE", "latitude": 54.55, "longitude": -13.1, "image": "sun.png", "image_alt": "The sun",
            "website": "https://sum.example/", "type": "club", "title:de": "=Summe", "summary:de": "-A und B.",
            "body:de": "Erstens.\n\nZweitens.",
        },
        {
            "kind": "project", "key": "p", "title": "Sun", "summary": "Light.", "sectors": "food", "hubs": "berlin",
            "blocks": blocks("One", "bold", "A", page), "blocks:de": blocks("Eins", "fett", "Ah", page),
            "title:de": "Sonne", "summary:de": "Licht.", "place": "Berlin, DE", "lead": "o", "parent": "q",
            "start": "2026-01-02", "open": True, "skills": "law", "status": "running",
        },
        {"kind": "project", "key": "q", "title": "Everything", "summary": "All of it."},
    ]  # fmt: skip


def directory() -> dict[str, list[Any]]:
    """Everything that the directory says of organizations and projects, without times and ids of pages."""
    entries = Entry.objects.filter(kind__in=["organization", "project"])
    found = {}
    for model in MODELS:
        items = entries if model is Entry else model.objects.filter(entry__in=entries)
        names = [field.attname for field in model._meta.concrete_fields if field.name not in NOT_COMPARED - {"id"}]
        names = [name for name in names if name != "id" or model is Entry]
        found[model.__name__] = sorted(map(repr, items.values_list(*names)))
    return found


@pytest.fixture
def filled(load: Any, site: Site, tmp_path: Path) -> None:
    (tmp_path / "sun.png").write_bytes(image_file().read())
    data = orjson.dumps(rows(str(site.tree.index("project").translation_key)))
    results = load(data, name="rows.json", kind="")
    assert [(result.outcome, result.problems) for result in results] == [("created", ())] * 3


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
def test_an_export_makes_the_same_directory_again(filled: None, tmp_path: Path, ending: str) -> None:
    before, places = directory(), Place.objects.count()
    path = tmp_path / "out" / f"all.{ending}"
    path.parent.mkdir()
    call_command("export_content", str(path))
    call_command("import_content", str(path), report=tmp_path / "same.json")
    assert '"unchanged": 3' in (tmp_path / "same.json").read_text()
    for model in (ProjectPage, OrganizationPage):
        for key in model.objects.values_list("pk", flat=True):
            model.objects.filter(pk=key).first().delete()
    Image.objects.all().delete()
    Place.objects.filter(name="Hiddensee").delete()
    assert directory()["Entry"] == []
    call_command("import_content", str(path), report=tmp_path / "report.json")
    assert '"created": 3' in (tmp_path / "report.json").read_text()
    assert directory() == before
    assert Place.objects.count() == places
    image = Image.objects.get()
    assert (image.description, OrganizationPage.objects.first().cover) == ("The sun", image)
    assert differences() == []


def test_formulas_do_not_leave_in_a_spreadsheet(filled: None, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    call_command("export_content", str(path), kind="organizations")
    text = path.read_text(encoding="utf-8-sig")
    assert "'=Sum of us" in text
    assert '"\'-A, +B and @C."' in text
    assert "Everything" not in text
    assert ",-13.1," in text


def test_commands_say_what_is_wrong(site: Site, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("key,title,summary\na,,S.\nb,B,S.\n")
    with pytest.raises(CommandError) as failed:
        call_command("import_content", str(path), kind="projects")
    assert failed.value.returncode == 1
    output = capsys.readouterr()
    assert "line 2 (a): title: This cell must be filled." in output.err
    assert "1 created, 0 changed, 0 unchanged, 1 wrong" in output.out
    for arguments in ({}, {"kind": "projects", "text": "title\nA\n"}, {"kind": "projects", "text": "key,titel\na,b\n"}):
        path.write_text(arguments.pop("text", "key\na\n"))
        with pytest.raises(CommandError) as failed:
            call_command("import_content", str(path), **arguments)
        assert failed.value.returncode == 2
    with pytest.raises(CommandError) as failed:
        call_command("import_content", str(tmp_path / "none.csv"), kind="projects")
    assert failed.value.returncode == 2
    with pytest.raises(CommandError):
        call_command("export_content", str(tmp_path / "all.pdf"))
    with pytest.raises(CommandError):
        call_command("export_content", str(tmp_path / "nowhere" / "all.csv"))
