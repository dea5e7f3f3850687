"""Small worlds that tests share: a site in two languages with two hubs, what belongs to them, and the people.

Building one takes about a second: do it once for a module or class (`django_db_blocker` or `setUpTestData`).
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Locale, Page, Site

from cms.core.models import SiteMenu
from cms.directory.authoring import add_page
from cms.editorial.enums import SiteGroup
from cms.editorial.services import ensure_hub_editors, ensure_site_groups, ensure_workflow
from cms.hubs.models import HubIndexPage, HubPage
from cms.organizations.models import OrganizationHubLink, OrganizationIndexPage, OrganizationPage
from cms.pages.models import ContentPage
from cms.projects.models import ProjectHubLink, ProjectIndexPage, ProjectOrganizationLink, ProjectPage
from cms.stories.models import StoryHubLink, StoryIndexPage, StoryPage
from home.models import HomePage

SOURCE, TARGET = "en", "de"
PASSWORD = "correct horse battery staple"

ROLES = (
    "outsider", "editor_a", "editor_b", "translator", "editor", "moderator", "operator", "former_editor", "inactive",
)  # fmt: skip


@dataclass
class World:
    """A site. Pages that exist in both languages are found by language code."""

    site: Site
    homes: dict[str, HomePage]
    hub_lists: dict[str, HubIndexPage]
    organization_lists: dict[str, OrganizationIndexPage]
    project_lists: dict[str, ProjectIndexPage]
    story_lists: dict[str, StoryIndexPage]
    hub_a: dict[str, HubPage] = field(default_factory=dict)
    hub_b: dict[str, HubPage] = field(default_factory=dict)
    hub_b_draft_page: Page | None = None
    pages: dict[str, Any] = field(default_factory=dict)
    users: dict[str, Any] = field(default_factory=dict)


def translate(page: Any, language: str = TARGET, *, title: str = "", publish: bool = True) -> Any:
    """Copy a page to another language by hand, without the translation tool; returns the new page."""
    copy = page.copy_for_translation(Locale.objects.get(language_code=language), copy_parents=False)
    copy.title = title or f"{page.title} ({language})"
    revision = copy.save_revision()
    if publish:
        revision.publish()
        copy.refresh_from_db()
    return copy


def build_site(*languages: str) -> World:
    """Build home and the four lists in the given languages, the first one being the source; no entries, no people."""
    languages = languages or (SOURCE, TARGET)
    for code in languages:
        Locale.objects.get_or_create(language_code=code)
    source = Locale.objects.get(language_code=languages[0])
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Home", slug="front", locale=source))
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.root_page = home
    site.save()
    if welcome is not None and welcome.pk != home.pk:
        welcome.delete()
    home.refresh_from_db()
    SiteMenu.objects.get_or_create(locale=source, defaults={"name": "Menu"})
    lists = [
        add_page(parent=home, page=model(title=title), publish=True)
        for model, title in (
            (HubIndexPage, "Hubs"),
            (OrganizationIndexPage, "Organizations"),
            (ProjectIndexPage, "Projects"),
            (StoryIndexPage, "Stories"),
        )
    ]
    trees = [{languages[0]: page} for page in [home, *lists]]
    for code in languages[1:]:
        for tree in trees:
            tree[code] = translate(tree[languages[0]], code)
    return World(site, *trees)


def build_world() -> World:
    """Build the site with hubs A and B, their drafts and public entries, and one person for every role."""
    world = build_site()
    ensure_site_groups()
    ensure_workflow()
    hub_list = world.hub_lists[SOURCE]
    for name in ("a", "b"):
        title = f"Hub {name.upper()}"
        hub = add_page(parent=hub_list, page=HubPage(title=title, summary=f"About {title}."), publish=True)
        setattr(world, f"hub_{name}", {SOURCE: hub, TARGET: translate(hub)})
    _add_entries(world)
    _add_people(world)
    return world


def _add_entries(world: World) -> None:
    a, b = world.hub_a[SOURCE].translation_key, world.hub_b[SOURCE].translation_key
    make = world.pages
    organization = {"parent": world.organization_lists[SOURCE]}
    for name, hubs in (("a", [a]), ("b", [b])):
        page = OrganizationPage(title=f"Organization {name}", summary="Who we are.")
        page.hub_links = [OrganizationHubLink(entry_id=key) for key in hubs]
        make[f"organization_{name}"] = add_page(page=page, publish=True, **organization)
    plan = [
        ("live_a", [a], True), ("draft_a", [a], False), ("live_b", [b], True), ("draft_b", [b], False),
        ("draft_both", [a, b], False),
    ]  # fmt: skip
    for name, hubs, is_public in plan:
        page = ProjectPage(
            title=f"Project {name} secret" if not is_public else f"Project {name}", summary="What we do."
        )
        page.hub_links = [ProjectHubLink(entry_id=key) for key in hubs]
        page.organization_links = [ProjectOrganizationLink(entry_id=make["organization_a"].translation_key)]
        make[name] = add_page(parent=world.project_lists[SOURCE], page=page, publish=is_public)
    story = StoryPage(title="Story b secret", summary="What happened.")
    story.hub_links = [StoryHubLink(entry_id=b)]
    make["story_b"] = add_page(parent=world.story_lists[SOURCE], page=story)
    for name in ("a", "b"):
        hub = getattr(world, f"hub_{name}")[SOURCE]
        page = ContentPage(title=f"Content {name} secret")
        make[f"content_{name}"] = add_page(parent=Page.objects.get(pk=hub.pk).specific, page=page)
    # A public page with a newer draft: only those who may edit it know of the change.
    make["live_b"].title = "Project live_b new secret"
    make["live_b"].save_revision()
    make["live_b"].refresh_from_db()


def _add_people(world: World) -> None:
    users = get_user_model().objects
    for role in ROLES:
        world.users[role] = users.create_user(f"{role}@example.org", PASSWORD, is_active=role != "inactive")
    hub_a, hub_b = (ensure_hub_editors(hub[SOURCE]) for hub in (world.hub_a, world.hub_b))
    groups = {name: Group.objects.get(name=name.value) for name in SiteGroup}
    member_of = {
        "editor_a": hub_a,
        "editor_b": hub_b,
        "translator": groups[SiteGroup.TRANSLATORS],
        "editor": groups[SiteGroup.EDITORS],
        "moderator": groups[SiteGroup.MODERATORS],
        "operator": groups[SiteGroup.OPERATORS],
        "former_editor": hub_b,
        "inactive": hub_b,
    }
    for role, group in member_of.items():
        world.users[role].groups.add(group)
    world.users["former_editor"].groups.remove(hub_b)
