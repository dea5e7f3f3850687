"""A world with one of everything that an address can name: beyond pages and people, files, words, work in progress."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.forms.models import FormSubmission
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    APIToken,
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    UploadedFile,
)
from wagtail_localize.models import OverridableSegment, StringSegment, Translation, TranslationSource

from cms.directory.authoring import add_page, submit_page
from cms.exchange.models import ImportRun
from cms.pages.models import ContactField, ContactPage, ContentPage
from cms.projects.models import ProjectPage
from platform_apps.memberships.models import Invitation, Membership
from search.models import Promotion
from tests.factories.directory import make_terms
from tests.factories.media import DocumentFactory, ImageFactory, pdf_file
from tests.factories.places import PlaceFactory
from tests.worlds import SOURCE, TARGET, World, build_world

ROLES = ("anonymous", "outsider", "editor_a", "editor", "operator", "superuser")


@dataclass
class Things:
    """The world and what was added to it."""

    world: World
    pages: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)
    work: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def user(self, role: str) -> Any:
        """Return the person of a role; None for nobody."""
        return self.world.users.get(role)


def build_things() -> Things:
    """Build it; takes a second or two."""
    things = Things(build_world())
    _add_people(things)
    _add_pages(things)
    _add_files(things)
    _add_work(things)
    return things


def _add_people(things: Things) -> None:
    users = things.world.users
    users["superuser"] = get_user_model().objects.create_superuser("superuser@example.org", "correct horse battery")
    for role in ROLES[1:]:
        _token, things.tokens[role] = APIToken.create_token(user=users[role], name="test")


def _add_pages(things: Things) -> None:
    world, pages = things.world, things.pages
    home = world.homes[SOURCE]
    contact = ContactPage(title="Contact", thanks="Thank you.", to_address="us@example.org")
    contact.form_fields = [ContactField(label="Message", field_type="multiline", required=True)]
    pages["contact"] = add_page(parent=home, page=contact, publish=True)
    pages["private"] = add_page(parent=home, page=ContentPage(title="For friends"), publish=True)
    things.work["restriction"] = PageViewRestriction.objects.create(
        page=pages["private"], restriction_type=PageViewRestriction.PASSWORD, password="friend"
    )
    scheduled = add_page(
        parent=world.project_lists[SOURCE], page=ProjectPage(title="Scheduled secret", summary="Later.")
    )
    scheduled.go_live_at = timezone.now() + timedelta(days=2)
    scheduled.save_revision(approved_go_live_at=scheduled.go_live_at).publish()
    pages["scheduled"] = scheduled
    things.work["state"] = submit_page(page=world.pages["draft_a"], author=world.users["editor_a"])
    pages["in_review"] = world.pages["draft_a"]
    make_terms()
    things.work["place"] = PlaceFactory(name="Berlin", latitude=52.52, longitude=13.405)


def _add_files(things: Things) -> None:
    files = things.files
    files["image"] = ImageFactory()
    files["document"] = DocumentFactory()
    collection = Collection.get_first_root_node().add_child(name="Board papers")
    files["collection"] = collection
    things.work["collection_restriction"] = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    files["private_document"] = DocumentFactory(collection=collection)
    files["upload"] = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(type(files["document"])),
        file=pdf_file(),
        uploaded_by_user=things.user("superuser"),
    )


def _add_work(things: Things) -> None:
    work, superuser = things.work, things.user("superuser")
    project = things.world.pages["live_a"]
    # What a translation may put in place of its own: the picture.
    project.cover = things.files["image"]
    project.save_revision().publish()
    source, _made = TranslationSource.get_or_create_from_instance(project)
    work["source"] = source
    work["translation"] = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code=TARGET)
    )
    work["translation"].save_target(publish=False)
    work["string"] = StringSegment.objects.filter(source=source).first()
    work["override"] = OverridableSegment.objects.filter(source=source).first()
    work["redirect"] = Redirect.objects.create(old_path="/old", redirect_page=things.pages["contact"])
    work["promotion"] = Promotion.objects.create(
        phrase="solar", locale=Locale.objects.get(language_code=SOURCE), address="https://example.org/", title="Solar"
    )
    work["import"] = ImportRun.objects.create(
        user=superuser, name="projects.csv", data=b"key,title\n1,One\n", kind="projects", language=SOURCE,
        reader_language=SOURCE,
    )  # fmt: skip
    work["submission"] = FormSubmission.objects.create(page=things.pages["contact"], form_data={"message": "Hello"})
    entry_id = project.translation_key
    work["membership"] = Membership.objects.create(
        user=things.user("outsider"), entry_id=entry_id, standing="active", joined_at=timezone.now()
    )
    work["invitation"] = Invitation.objects.create(
        entry_id=entry_id, invited_by=superuser, expires_at=timezone.now() + timedelta(days=2), max_uses=9
    )
    work["session"] = EditingSession.objects.create(
        user=superuser,
        content_type=ContentType.objects.get_for_model(Page),
        object_id=str(project.pk),
        last_seen_at=timezone.now(),
    )
