"""Pages for tests, made through the same services that everybody uses."""

import itertools
import uuid
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Locale, Page, Site

from cms.directory.authoring import add_page
from cms.hubs.models import HubIndexPage, HubPage
from cms.organizations.models import OrganizationIndexPage, OrganizationPage
from cms.projects.models import ProjectHubLink, ProjectIndexPage, ProjectOrganizationLink, ProjectPage
from cms.stories.models import StoryIndexPage, StoryPage
from home.models import HomePage

_numbers = itertools.count(1)
INDEX_TYPES = {
    "hub": HubIndexPage,
    "organization": OrganizationIndexPage,
    "project": ProjectIndexPage,
    "story": StoryIndexPage,
}


@dataclass
class Tree:
    """A site with its home and index pages, in as many languages as were asked for."""

    home: HomePage
    locales: dict[str, Locale]
    indexes: dict[str, dict[str, Page]] = field(default_factory=dict)

    def index(self, kind: str, language: str = "en") -> Page:
        return self.indexes[kind][language]


def build_tree(languages: tuple[str, ...] = ("en", "de")) -> Tree:
    """Build the site: home page and the four index pages, published, in every language; the first one is the source."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in languages}
    # A test with real transactions before this one has emptied every table, the root page's as well.
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locales[languages[0]])
    for child in root.get_children():
        child.delete()
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Home", slug="home", locale=locales[languages[0]], live=True))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Test"}
    )
    Site.clear_site_root_paths_cache()
    homes = {languages[0]: home}
    for code in languages[1:]:
        homes[code] = _publish(home.copy_for_translation(locales[code]))
    tree = Tree(home, locales)
    for kind, model in INDEX_TYPES.items():
        source = add_page(parent=home, page=model(title=model.__name__, slug=f"{kind}s"), publish=True)
        tree.indexes[kind] = {languages[0]: source}
        for code in languages[1:]:
            tree.indexes[kind][code] = _publish(source.copy_for_translation(locales[code]))
    return tree


def _publish(page: Page) -> Any:
    page.live = True
    page.save()
    page.save_revision().publish()
    return page.specific


def make_hub(
    tree: Tree, *, title: str = "", parent: Page | None = None, publish: bool = True, **fields: Any
) -> HubPage:
    """Make a hub below the hub index or another hub."""
    page = HubPage(title=title or f"Hub {next(_numbers)}", summary="A hub.", translation_key=uuid.uuid4(), **fields)
    return add_page(parent=parent or tree.index("hub"), page=page, publish=publish)


def make_organization(tree: Tree, *, title: str = "", publish: bool = True, **fields: Any) -> OrganizationPage:
    """Make an organization."""
    page = OrganizationPage(title=title or f"Organization {next(_numbers)}", summary="A group.", **fields)
    return add_page(parent=tree.index("organization"), page=page, publish=publish)


def make_project(
    tree: Tree,
    *,
    title: str = "",
    hubs: tuple[Page, ...] = (),
    leads: tuple[Page, ...] = (),
    language: str = "en",
    publish: bool = True,
    **fields: Any,
) -> ProjectPage:
    """Make a project, shown in hubs and led by organizations."""
    page = ProjectPage(title=title or f"Project {next(_numbers)}", summary="A project.", **fields)
    page.hub_links = [ProjectHubLink(entry_id=hub.translation_key) for hub in hubs]
    page.organization_links = [ProjectOrganizationLink(entry_id=lead.translation_key) for lead in leads]
    return add_page(parent=tree.index("project", language), page=page, publish=publish)


def make_story(tree: Tree, *, title: str = "", publish: bool = True, **fields: Any) -> StoryPage:
    """Make a story."""
    page = StoryPage(title=title or f"Story {next(_numbers)}", summary="A story.", **fields)
    return add_page(parent=tree.index("story"), page=page, publish=publish)


def translate_page(page: Page, tree: Tree, language: str, *, title: str = "", publish: bool = True) -> Any:
    """Make the page's translation by hand, without the translation tool."""
    copy = page.copy_for_translation(tree.locales[language])
    copy.title = title or f"{page.title} ({language})"
    revision = copy.save_revision()
    if publish:
        revision.publish()
    return type(page).objects.get(pk=copy.pk)
