"""Rows become pages: once, again, changed, translated, wrong."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Locale, Page

from cms.directory.check import differences
from cms.directory.enums import Part
from cms.directory.models import Entry
from cms.exchange import services
from cms.exchange.lookups import key_of
from cms.media.models import Image
from cms.organizations.models import OrganizationPage
from cms.places.models import Place
from cms.projects.models import ProjectPage
from tests.cms.exchange.conftest import Site
from tests.factories.media import image_file
from tests.factories.pages import make_project

HEADER = "key;title;summary;body;sectors;status;skills;hubs;place;start;end;open;attendance"
FULL = (
    f"{HEADER}\n"
    'sun;Sun for all;Panels & roofs.;"One <b>.\n\nTwo,\nthree.";solar, food EN;running;law|carpentry;berlin;'
    "Berlin, DE;21.11.2026;2027-01-31;yes;both\n"
).replace(" EN", " en")
GERMAN = "key,title,summary,body,title:de,summary:de,body:de\n"


def project(key: str) -> ProjectPage:
    return ProjectPage.objects.get(translation_key=key_of("project", key), locale__language_code="en")


def outcomes(results: list[Any]) -> list[str]:
    return [result.outcome for result in results]


def reasons(results: list[Any]) -> dict[str, str]:
    return {problem.column: problem.reason for result in results for problem in result.problems}


def revisions() -> int:
    return sum(page.revisions.count() for page in ProjectPage.objects.all())


def test_a_row_becomes_a_public_page_with_everything_it_says(load: Any, site: Site) -> None:
    assert outcomes(load(FULL)) == ["created"]
    page, entry = project("sun"), Entry.objects.get(pk=key_of("project", "sun"))
    assert (page.title, page.summary, page.slug, page.live) == ("Sun for all", "Panels & roofs.", "sun-for-all", True)
    assert page.body.get_prep_value()[0]["value"] == "<p>One &lt;b&gt;.</p><p>Two,<br/>three.</p>"
    assert {term.slug for term in page.sectors.all()} == {"solar", "food"}
    assert {term.slug for term in page.skills.all()} == {"law", "carpentry"}
    assert (page.status.slug, page.place, page.is_open, page.attendance) == ("running", site.place, True, "both")
    assert (str(page.start_date), str(page.end_date)) == ("2026-11-21", "2027-01-31")
    assert list(entry.hub_links.values_list("hub_id", flat=True)) == [site.hub.translation_key]
    assert differences() == []


def test_the_same_file_again_changes_nothing(load: Any) -> None:
    load(FULL)
    before = revisions()
    assert outcomes(load(FULL)) == ["unchanged"]
    assert revisions() == before


def test_a_changed_row_is_one_more_published_revision(load: Any) -> None:
    load(FULL)
    before, address = revisions(), project("sun").url_path
    assert outcomes(load("key,title,open\nsun,Moon for all,no\n")) == ["changed"]
    page = project("sun")
    assert (page.title, page.is_open, page.summary) == ("Moon for all", False, "Panels & roofs.")
    assert (revisions(), page.url_path) == (before + 1, address)
    assert differences() == []


def test_a_dry_run_says_the_same_and_writes_nothing(load: Any) -> None:
    text = "kind,key,title,summary,lead\nproject,p,P,One.,o\norganization,o,O,Two.,\n"
    tried = load(text, dry_run=True)
    assert not Page.objects.filter(title__in=["P", "O"]).exists()
    assert tried == load(text)
    assert outcomes(tried) == ["created", "created"]


def test_what_rows_name_comes_first_whatever_the_order(load: Any) -> None:
    results = load(
        "kind,key,title,summary,parent,lead,partners\n"
        "project,leaf,Leaf,One.,branch,o-2,\nproject,branch,Branch,Two.,root,,o-2; o-1\nproject,root,Root,Three.,,,\n"
        "organization,o-2,O two,Four.,o-1,,\norganization,o-1,O one,Five.,,,\n"
    )
    assert outcomes(results) == ["created"] * 5
    assert project("leaf").parent_project_id == key_of("project", "branch")
    links = project("branch").organization_links.values_list("entry_id", "part")
    assert list(links) == [(key_of("organization", "o-2"), Part.PARTNER), (key_of("organization", "o-1"), Part.PARTNER)]
    assert differences() == []


def test_nothing_belongs_to_itself(load: Any) -> None:
    results = load("key,title,summary,parent\na,A,One.,\nb,B,Two.,a\n")
    assert outcomes(results) == ["created", "created"]
    results = load("key,parent\na,b\nb,b\n")
    assert outcomes(results) == ["wrong", "wrong"]
    assert project("a").parent_project_id is None


def test_translations_come_with_their_columns(load: Any) -> None:
    text = GERMAN + 'sun,Sun,Light.,"One.\n\nTwo.",Sonne,Licht.,"Eins.\n\nZwei."\n'
    assert outcomes(load(text)) == ["created"]
    german = ProjectPage.objects.get(translation_key=key_of("project", "sun"), locale__language_code="de")
    assert (german.title, german.summary, german.slug, german.live) == ("Sonne", "Licht.", "sonne", True)
    assert german.body.get_prep_value()[0]["value"] == "<p>Eins.</p><p>Zwei.</p>"
    text_row = Entry.objects.get(pk=german.translation_key).texts.get(language="de")
    assert (text_row.is_translation, text_row.is_stale, text_row.is_machine_draft) == (True, False, False)
    assert outcomes(load(text)) == ["unchanged"]
    assert outcomes(load(text.replace("Zwei.", "Drei."))) == ["changed"]
    german.refresh_from_db()
    assert german.body.get_prep_value()[0]["value"] == "<p>Eins.</p><p>Drei.</p>"
    # What all languages share follows, though the file brings no words.
    assert outcomes(load("key,open,sectors\nsun,yes,food\n")) == ["changed"]
    german.refresh_from_db()
    assert (german.is_open, german.title) == (True, "Sonne")
    assert differences() == []


def test_a_translation_must_match_and_be_whole(load: Any) -> None:
    results = load(
        GERMAN + 'a,A,One.,"One.\n\nTwo.",Ah,Eins.,Eins.\nb,B,Two.,,Beh,,\nc,C,Three.,,Zeh,Drei.,Zu viel.\n'
        "d,D,Four.,Four.,Deh,Vier.,Vier.\n"
    )
    assert outcomes(results) == ["wrong", "wrong", "wrong", "created"]
    assert [result.problems[0].column for result in results[:3]] == ["body:de", "summary:de", "body:de"]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("title=", "title", "filled"),
        ("summary=" + "x" * 241, "summary", "241"),
        ("title=" + "x" * 256, "title", "256"),
        ("title=A\x00B", "title", "no text"),
        ("summary=" + "x" * 1_048_576, "summary", "1048576"),
        ("key=", "key", "needs a key"),
        ("kind=event", "kind", "organization or project"),
        ("language=xx", "language", "not open"),
        ("sectors=nonsense", "sectors", "nonsense"),
        ("status=nonsense", "status", "nonsense"),
        ("hubs=atlantis", "hubs", "atlantis"),
        ("lead=atlantis", "lead", "atlantis"),
        ("parent=atlantis", "parent", "atlantis"),
        ("place=Atlantis", "place", "Atlantis"),
        ("place=Berlin|country=Germany", "place", "two letters"),
        ("latitude=91|longitude=0", "place", "Latitudes"),
        ("latitude=nan|longitude=0", "place", "Latitudes"),
        ("latitude=1", "place", "both"),
        ("place_id=1", "place", "id of a place"),
        ("start=31.02.2026", "start", "no date"),
        ("start=9999-01-01", "start", "far away"),
        ("start=2026-02-01|end=2026-01-01", "end", "before"),
        ("open=maybe", "open", "yes or no"),
        ("attendance=moon", "attendance", "none of"),
        ("boost=3", "boost", "none of"),
        ("slug=No Slug", "slug", "small letters"),
        ("website=https://a.example", "website", "no such value"),
        ("kind=organization|website=javascript:alert(1)", "website", "valid URL"),
        ("kind=organization|email=a b", "email", "valid email"),
        ("kind=organization|status=running", "status", "no such value"),
        ("body=a|blocks=[]", "body", "either"),
        ("blocks={}", "body", "list of objects"),
        ("blocks=x", "body", "not JSON"),
        ('blocks=[{"type":"live","value":{}}]', "body", "live"),
        ('blocks=[{"type":"fact","value":"x"}]', "body", "blocks"),
        ('blocks=[{"type":"fact","value":{}}]', "body", "required"),
        ("image_alt=words", "image", "no picture"),
        ("image=missing.png", "image", "no such file"),
        ("image=../../etc/passwd", "image", "no such file"),
        ("image=/etc/passwd", "image", "no such file"),
        ("image=rows.txt", "image", "not a picture"),
        ("image=http://127.0.0.1/x.png", "image", "not public"),
        ("image=http://localhost:9/x.png", "image", "not public"),
        ("image=http://[::1]/x.png", "image", "not public"),
        ("image=http://169.254.169.254/latest", "image", "not public"),
        ("image=ftp://a.example/x.png", "image", "no such file"),
        ("image=http://user:word@a.example/x.png", "image", "password"),
    ],
)
def test_a_wrong_cell_is_named_with_its_reason(load: Any, tmp_path: Path, row: str, column: str, words: str) -> None:
    import orjson

    from cms.exchange.fetching import fetch
    from cms.exchange.pictures import PictureSource

    (tmp_path / "rows.txt").write_text("no picture at all")
    cells = {"key": "a", "title": "A", "summary": "S."} | dict(part.split("=", 1) for part in row.split("|"))
    results = load(orjson.dumps([cells]), name="rows.json", pictures=PictureSource(tmp_path, fetch))
    assert outcomes(results) == ["wrong"]
    assert words in reasons(results)[column]
    assert not ProjectPage.objects.exists()
    assert not OrganizationPage.objects.exists()
    assert not Image.objects.exists()


def test_the_same_key_twice_is_refused_the_second_time(load: Any) -> None:
    results = load("key,title,summary\na,One,S.\na,Two,S.\n")
    assert outcomes(results) == ["created", "wrong"]
    assert "line 2" in reasons(results)["key"]


def test_unfinished_work_of_editors_is_not_overwritten(load: Any) -> None:
    load(FULL)
    page = project("sun")
    page.title = "A draft"
    page.save_revision()
    assert outcomes(load("key,open\nsun,no\n")) == ["wrong"]
    page.get_latest_revision().publish()
    project("sun").unpublish()
    assert outcomes(load("key,open\nsun,no\n")) == ["wrong"]
    assert not project("sun").live


def test_pages_made_by_hand_are_known_by_their_public_id(load: Any, site: Site) -> None:
    page = make_project(site.tree, title="By hand")
    assert outcomes(load(f"key,title\n{page.translation_key},By machine\n")) == ["changed"]
    page.refresh_from_db()
    assert page.title == "By machine"
    results = load(f"key,title,summary\n{site.hub.translation_key},Hub,S.\n")
    assert "another kind" in reasons(results)["key"]


def test_scripts_in_blocks_do_not_reach_the_page(load: Any) -> None:
    import orjson

    blocks = [
        {"type": "text", "value": '<p onclick="x()">Hello <a href="javascript:x()">you</a><script>x()</script></p>'},
        {"type": "accordion", "value": {"items": [{"title": "Q", "text": "<p>A<img src=x onerror=x() /></p>"}]}},
    ]
    rows = orjson.dumps([{"key": "a", "title": "A", "summary": "S.", "blocks": blocks}])
    assert outcomes(load(rows, name="rows.json")) == ["created"]
    html = project("a").body.render_as_block()
    assert "Hello" in html
    for part in ("onclick", "javascript", "<script", "onerror"):
        assert part not in html
    assert outcomes(load(rows, name="rows.json")) == ["unchanged"]


def test_pictures_are_stored_once(load: Any, tmp_path: Path) -> None:
    (tmp_path / "sun.png").write_bytes(image_file().read())
    text = "key,title,summary,image,image_alt,image_credit\na,A,S.,sun.png,The sun,Ilka\nb,B,S.,sun.png,The sun,Ilka\n"
    assert outcomes(load(text)) == ["created", "created"]
    image = Image.objects.get()
    assert (image.description, image.credit, project("b").cover) == ("The sun", "Ilka", image)
    assert outcomes(load(text)) == ["unchanged", "unchanged"]
    assert outcomes(load(text.replace("The sun,Ilka\nb", "A sun,Ilka\nb"))) == ["changed", "unchanged"]
    assert Image.objects.count() == 2


def test_a_place_that_is_described_fully_is_added(load: Any) -> None:
    text = "key,title,summary,place,country,latitude,longitude\na,A,S.,Hiddensee,DE,54.55,13.1\n"
    assert outcomes(load(text, dry_run=True)) == ["created"]
    assert not Place.objects.filter(name="Hiddensee").exists()
    assert outcomes(load(text)) == ["created"]
    assert project("a").place.name == "Hiddensee"
    assert outcomes(load(text)) == ["unchanged"]
    assert Place.objects.filter(name="Hiddensee").count() == 1


def test_a_row_that_fails_while_it_is_written_changes_nothing(load: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = services._carry_over

    def fail(page: Any, *arguments: Any) -> None:
        if page.title == "B":
            message = "disk full"
            raise OSError(message)
        whole(page, *arguments)

    monkeypatch.setattr(services, "_carry_over", fail)
    results = load("key,title,summary,open\na,A,S.,yes\nb,B,S.,yes\nc,C,S.,yes\n")
    assert outcomes(results) == ["created", "wrong", "created"]
    assert not Page.objects.filter(title="B").exists()
    assert differences() == []


def test_another_language_can_be_the_first(load: Any) -> None:
    assert outcomes(load("key,title,summary\nsonne,Sonne,Licht.\n", language="de")) == ["created"]
    page = ProjectPage.objects.get()
    assert page.locale == Locale.objects.get(language_code="de")
    results = load("key,title,summary\nsonne,Sun,Light.\n", language="en")
    assert "another language" in reasons(results)["language"]


def many_rows(number: int, wrong: int) -> str:
    """Rows every so often of which one is wrong, each time for another reason."""
    faults = [("title", ""), ("start", "tomorrow"), ("sectors", "nonsense"), ("place", "Atlantis")]
    lines, every = [HEADER], number // wrong
    for count in range(number):
        cells = dict.fromkeys(HEADER.split(";"), "") | {
            "key": f"row-{count}", "title": f"Project {count}", "summary": "What we do.", "sectors": "solar",
            "body": "One paragraph.", "hubs": "berlin", "place": "Berlin, DE", "start": "2026-01-01", "open": "yes",
        }  # fmt: skip
        if count % every == every - 1:
            cells |= [faults[count // every % len(faults)]]
        lines.append(";".join(cells.values()))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("number", "wrong"), [(100, 4), pytest.param(1_000, 40, marks=pytest.mark.services)], ids=["some", "thousand"]
)
def test_wrong_rows_stop_nothing(load: Any, number: int, wrong: int) -> None:
    text = many_rows(number, wrong)

    results = load(text)
    assert Counter(outcomes(results)) == {"created": number - wrong, "wrong": wrong}
    refused = [result for result in results if result.outcome == "wrong"]
    every = number // wrong
    assert [result.line for result in refused] == [every * count + 1 for count in range(1, wrong + 1)]
    assert all(len(result.problems) == 1 and result.problems[0].reason for result in refused)
    assert Entry.objects.of_kind("project").count() == number - wrong
    before = revisions()
    assert Counter(outcomes(load(text))) == {"unchanged": number - wrong, "wrong": wrong}
    assert revisions() == before
