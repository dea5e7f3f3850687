"""Every door of the admin and of Wagtail's API: the whole corpus through the first, samples through the others."""

import json

import pytest
from django.conf import settings as project_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import APIToken, Collection, UploadedFile

from cms.media.forms import ImageForm
from cms.media.models import Document, Image
from tests.factories.media import DocumentFactory, ImageFactory, pdf_file

from .corpus import CASES, SECRET, Case, cut, encoded, location_exif
from .metadata import metadata_in

WORDS = "Two people plant a tree"
LOCATED = encoded("JPEG", exif=location_exif())


def upload(data: bytes, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def fields(**others: object) -> dict[str, object]:
    return {"title": "Tree", "description": WORDS, "collection": Collection.get_first_root_node().pk, **others}


def add(desk: Client, file: SimpleUploadedFile, **others: object) -> HttpResponse:
    return desk.post(reverse("wagtailimages:add"), fields(file=file, **others))


def assert_clean(*files) -> None:
    for file in files:
        with file.open("rb") as opened:
            data = opened.read()
        assert metadata_in(data) == []
        assert SECRET.encode() not in data


def test_the_settings_name_our_models_and_forms():
    assert get_image_model() is Image
    assert get_document_model() is Document
    assert issubclass(get_image_form(Image), ImageForm)
    assert project_settings.WAGTAILDOCS_DOCUMENT_FORM_BASE == "cms.media.forms.DocumentForm"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_admin_form(desk: Client, stored, case: Case):
    response = add(desk, upload(case.make(), case.name))
    if case.refused:
        assert response.status_code == 200
        assert response.context["form"].errors["file"]
        assert not stored()
        assert not Image.objects.exists()
    else:
        assert response.status_code == 302
        image = Image.objects.get()
        renditions = image.get_renditions("max-40x40", "width-20|format-jpeg").values()
        assert_clean(image.file, *(rendition.file for rendition in renditions))
        assert (image.width, image.height) > (0, 0)
        assert image.file_size == image.file.size


def test_a_truncated_picture_says_why(desk: Client):
    response = add(desk, upload(cut(LOCATED)))
    assert "damaged" in response.content.decode()


def test_words_are_required_for_a_new_picture(desk: Client):
    response = add(desk, upload(LOCATED), description="")
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["description"]
    assert "for people who can" in response.content.decode()


def test_picture_without_words_can_be_edited_but_words_stay(desk: Client):
    for image, status in ((ImageFactory(undescribed=True), 302), (ImageFactory(), 200)):
        response = desk.post(reverse("wagtailimages:edit", args=[image.pk]), fields(description=""))
        assert response.status_code == status


def test_edit_form_replaces_the_file(desk: Client, stored):
    image = ImageFactory()
    refused = desk.post(reverse("wagtailimages:edit", args=[image.pk]), fields(file=upload(cut(LOCATED))))
    assert refused.context["form"].errors["file"]
    accepted = desk.post(reverse("wagtailimages:edit", args=[image.pk]), fields(file=upload(LOCATED)))
    assert accepted.status_code == 302
    image.refresh_from_db()
    assert_clean(image.file)
    assert [path.name for path in stored() if path.parent.name == "original_images"] == ["a.jpg"]


def test_chooser_upload(desk: Client):
    address = reverse("wagtailimages_chooser:create")
    prefix = "image-chooser-upload-"
    data = {prefix + key: value for key, value in fields().items()}
    refused = desk.post(address, data | {prefix + "file": upload(cut(LOCATED))})
    assert refused.status_code == 200
    assert not Image.objects.exists()
    accepted = desk.post(address, data | {prefix + "file": upload(LOCATED)})
    assert accepted.json()["step"] == "chosen"
    assert_clean(Image.objects.get().file)


def post_one_of_many(desk: Client, data: bytes) -> dict[str, object]:
    return desk.post(reverse("wagtailimages:add_multiple"), {"title": "Tree", "files[]": upload(data)}).json()


def test_multiple_upload_refuses(desk: Client, stored):
    answer = post_one_of_many(desk, cut(LOCATED))
    assert answer["success"] is False
    assert "damaged" in answer["error_message"]
    assert not stored()


@pytest.mark.parametrize("in_memory", [True, False])
def test_multiple_upload_waits_for_the_words_with_a_clean_file(desk: Client, settings, in_memory: bool):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10_000_000 if in_memory else 0
    answer = post_one_of_many(desk, LOCATED)
    assert not Image.objects.exists()
    parked = UploadedFile.objects.get(pk=answer["uploaded_file_id"])
    assert_clean(parked.file)
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[parked.pk])
    prefix = f"uploaded-image-{parked.pk}-"
    without = desk.post(address, {prefix + key: value for key, value in fields(description="").items()})
    assert without.json()["success"] is False
    described = desk.post(address, {prefix + key: value for key, value in fields().items()})
    assert described.json()["success"] is True
    image = Image.objects.get()
    assert image.description == WORDS
    assert_clean(image.file)


def test_large_upload_that_is_spooled_to_disk(desk: Client, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    assert add(desk, upload(LOCATED)).status_code == 302
    assert_clean(Image.objects.get().file)


@pytest.fixture
def api(editor) -> Client:
    _token, secret = APIToken.create_token(user=editor, name="test")
    return Client(headers={"authorization": f"Bearer {secret}"})


def test_wagtails_api(api: Client, stored):
    address = reverse("wagtailapi_v3:create_image")
    for file in (cut(LOCATED), b"<svg/>", b""):
        refused = api.post(address, {"title": "Tree", "description": WORDS, "file": upload(file)})
        assert 400 <= refused.status_code < 500
    undescribed = api.post(address, {"title": "Tree", "file": upload(LOCATED)})
    assert 400 <= undescribed.status_code < 500
    assert not stored()
    accepted = api.post(address, {"title": "Tree", "description": WORDS, "file": upload(LOCATED)})
    assert accepted.status_code == 201
    image = Image.objects.get()
    assert_clean(image.file)
    changed = api.patch(
        reverse("wagtailapi_v3:update_image", args=[image.pk]), json.dumps({"title": "Oak"}), "application/json"
    )
    assert changed.status_code == 200


def test_document_forms(desk: Client, stored):
    page = b"<!doctype html><script>alert(1)</script>"
    collection = Collection.get_first_root_node().pk
    for name in ("a.pdf", "a.html", "a.txt", "a.svg"):
        form = {"title": "Report", "collection": collection, "file": SimpleUploadedFile(name, page)}
        assert desk.post(reverse("wagtaildocs:add"), form).context["form"].errors["file"]
        many = desk.post(reverse("wagtaildocs:add_multiple"), {"title": "R", "files[]": SimpleUploadedFile(name, page)})
        assert many.json()["success"] is False
    assert not stored()
    form = {"title": "Report", "collection": collection, "file": SimpleUploadedFile("../Ä b.PDF", pdf_file().read())}
    assert desk.post(reverse("wagtaildocs:add"), form).status_code == 302
    assert Document.objects.get().file.name == "documents/a-b.pdf"


def test_multiple_document_upload_and_edit(desk: Client):
    many = {"title": "Report", "files[]": SimpleUploadedFile("report.pdf", pdf_file().read())}
    assert desk.post(reverse("wagtaildocs:add_multiple"), many).json()["success"] is True
    document = DocumentFactory()
    form = {"title": "Report", "collection": document.collection_id}
    assert desk.post(reverse("wagtaildocs:edit", args=[document.pk]), form).status_code == 302
