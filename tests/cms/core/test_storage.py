import pytest
from django.core.management import call_command

from cms.core.storage import HashedStaticStorage

FILES = {
    "groundswell/one.css": 'a { background: url("two.svg"); }',
    "groundswell/two.svg": "<svg/>",
    "elsewhere/module.js": 'import "./missing.js";\nimport "./there.js";\n',
    "elsewhere/there.js": "export const answer = 42;\n",
}


@pytest.fixture
def source(settings, tmp_path):
    source = tmp_path / "source"
    for name, text in FILES.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "cms.core.storage.HashedStaticStorage"}}
    return source


def _collect():
    call_command("collectstatic", interactive=False, verbosity=0)
    return HashedStaticStorage()


def test_our_files_point_at_hashed_names(source):
    storage = _collect()
    with storage.open(storage.stored_name("groundswell/one.css")) as file:
        assert storage.stored_name("groundswell/two.svg").removeprefix("groundswell/") in file.read().decode()


def test_hashed_files_are_compressed(source):
    (source / "groundswell/one.css").write_text("a { color: green }\n" * 200, encoding="utf-8")
    storage = _collect()
    assert storage.exists(storage.stored_name("groundswell/one.css") + ".gz")
    assert not storage.exists("groundswell/one.css.gz")


def test_a_file_of_ours_that_names_a_missing_one_stops_the_build(source):
    (source / "groundswell/two.svg").unlink()
    with pytest.raises(ValueError, match=r"two\.svg"):
        _collect()


def test_an_upstream_file_may_name_a_missing_one(source):
    storage = _collect()
    with storage.open(storage.stored_name("elsewhere/module.js")) as file:
        text = file.read().decode()
    assert './missing.js"' in text
    assert storage.stored_name("elsewhere/there.js").removeprefix("elsewhere/") in text


def test_a_page_that_names_a_missing_file_keeps_its_plain_name(source):
    assert _collect().stored_name("no/such.css") == "no/such.css"
