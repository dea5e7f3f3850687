"""What tests of public pages share: a site with everything on it, and a count of what a page costs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from cms.directory.authoring import add_page
from cms.directory.enums import Part
from cms.directory.models import Entry
from cms.hubs.models import Ambassador, HubFigure, HubPage, LinkedHub, Supporter
from cms.organizations.models import OrganizationHubLink, OrganizationPage
from cms.pages.models import ContactField, ContactPage, ContentPage
from cms.projects.models import (
    GalleryPicture,
    ImpactFigure,
    ProjectHubLink,
    ProjectLink,
    ProjectOrganizationLink,
    ProjectPage,
)
from cms.stories.models import StoryEntryLink, StoryHubLink, StoryPage
from cms.taxonomy.models import OrganizationType, ProjectStatus, Sector, Skill
from tests.factories.media import ImageFactory, image_file
from tests.factories.places import PlaceFactory
from tests.streams import body_blocks, landing_blocks, stream
from tests.worlds import SOURCE, World, build_site, translate

QUERY_BUDGET = 15


@dataclass
class Network:
    """A site with one rich page of every kind, in both languages."""

    world: World
    image: Any
    place: Any
    sector: Any
    parent_hub: Any
    hub: Any
    organization: Any
    project: Any
    story: Any
    content: Any
    contact: Any

    def urls(self, page: Any) -> dict[str, str]:
        """Return the page's address by language."""
        pages = Page.objects.filter(translation_key=page.translation_key).select_related("locale")
        return {one.locale.language_code: one.get_url() for one in pages}


def build_network() -> Network:
    """Build the site and publish a page of every kind that fills every field it has."""
    world = build_site()
    image = ImageFactory(file=image_file(size=(900, 600)), credit="Renke Voss")
    place = PlaceFactory(name="Münster", names={"en": "Munster"})
    sector = _term(Sector, "buildings", hue="buildings")
    shared = {"summary": "Eighty flats & one lake of heat.", "cover": image, "place": place, "sectors": [sector]}
    parent_hub = _publish(world.hub_lists, HubPage(title="Westphalia", summary="The land around."))
    neighbour = _publish(world.hub_lists, HubPage(title="Berlin", summary="Loud."))
    earlier = _publish(world.project_lists, ProjectPage(title="The larger plan", summary="All of it."))
    organization = _publish(world.organization_lists, _organization(shared, parent_hub))
    hub = add_page(parent=parent_hub, page=_hub(shared, neighbour), publish=True)
    project = _publish(world.project_lists, _project(shared, hub, organization, earlier))
    story = _publish(world.story_lists, _story(shared, hub, (organization, project)))
    entry = Entry.objects.get(pk=project.translation_key)
    blocks = landing_blocks(image=image, page=world.project_lists[SOURCE], entry=entry, place=place)
    content = ContentPage(title="Who runs this", summary="Two people and a plant.")
    content.body = stream(content, blocks)
    content = _publish(world.homes, content)
    contact = _publish(world.homes, _contact())
    home = world.homes[SOURCE]
    home.refresh_from_db()
    home.headline, home.standfirst, home.lead = "Neighbours who get on with it", "Roofs and brooks.", entry
    home.body = stream(home, blocks)
    home.save_revision().publish()
    for page in (parent_hub, neighbour, organization, earlier, hub, project, story, content, contact):
        translate(page)
    return Network(world, image, place, sector, parent_hub, hub, organization, project, story, content, contact)


def _hub(shared: dict[str, Any], neighbour: Any) -> HubPage:
    hub, image = HubPage(title="Münster", welcome="Come in.", **shared), shared["cover"]
    hub.ambassadors = [
        Ambassador(name="Hatice Brandt", role="Heat", message="Ask first.", image=image),
        Ambassador(name="Jo"),
    ]
    hub.supporters = [Supporter(name="Stadtwerke", url="https://example.org/", logo=image), Supporter(name="Lindenhof")]
    hub.statistics = [HubFigure(value="31", unit="t", label="less CO₂")]
    hub.linked_hubs = [LinkedHub(entry_id=neighbour.translation_key)]
    band = {"title": "Newest", "text": "Fills itself.", "kind": "project", "order": "newest", "number": 24}
    hub.body = stream(hub, [*body_blocks(image=image, page=neighbour), ("newest", band)])
    return hub


def _project(shared: dict[str, Any], hub: Any, organization: Any, earlier: Any) -> ProjectPage:
    project, image = ProjectPage(title="Lindenhof warms itself", **shared), shared["cover"]
    project.status, project.skills = _term(ProjectStatus, "looking", phase="recruiting"), [_term(Skill, "electrics")]
    project.start_date, project.end_date = date(2024, 3, 12), date(2027, 1, 31)
    project.attendance, project.is_open, project.parent_project_id = "both", True, earlier.translation_key
    project.hub_links = [ProjectHubLink(entry_id=hub.translation_key)]
    project.organization_links = [ProjectOrganizationLink(entry_id=organization.translation_key, part=Part.LEAD)]
    project.gallery = [GalleryPicture(image=image, caption=f"Plate {number}") for number in range(3)]
    project.impact = [
        ImpactFigure(value=Decimal("2120.500"), unit="t", label="CO₂e spared"),
        ImpactFigure(value=Decimal(80), label="flats"),
    ]
    project.links = [ProjectLink(url="https://example.org/drawings", label="Drawings")]
    project.body = stream(project, body_blocks(image=image, page=hub))
    return project


def _story(shared: dict[str, Any], hub: Any, told: tuple[Any, ...]) -> StoryPage:
    story = StoryPage(title="The year of the shovel", author="Hatice Brandt", date=date(2026, 5, 1), **shared)
    story.hub_links = [StoryHubLink(entry_id=hub.translation_key)]
    story.entry_links = [StoryEntryLink(entry_id=page.translation_key) for page in told]
    story.body = stream(story, body_blocks(image=shared["cover"], page=hub))
    return story


def _publish(lists: dict[str, Any], page: Any) -> Any:
    return add_page(parent=lists[SOURCE], page=page, publish=True)


def _term(model: Any, slug: str, **fields: Any) -> Any:
    locale = Locale.objects.get(language_code=SOURCE)
    return model.objects.get_or_create(slug=slug, locale=locale, defaults={"name": slug.title(), **fields})[0]


def _organization(shared: dict[str, Any], hub: Any) -> OrganizationPage:
    page = OrganizationPage(
        title="Lindenhof Housing Co-op", type=_term(OrganizationType, "co-op"), size="21-100", logo=shared["cover"],
        website="https://www.lindenhof.example.org/about", email="hello@lindenhof.example.org", phone="+49 (251) 12 34",
        address="Am Hof 1\n48143 Münster", **shared,
    )  # fmt: skip
    page.hub_links = [OrganizationHubLink(entry_id=hub.translation_key)]
    page.body = stream(page, body_blocks(image=shared["cover"], page=hub))
    return page


def _contact() -> ContactPage:
    page = ContactPage(title="Contact", summary="Write to us.", thanks="Somebody will answer.")
    page.to_address = "office@example.org"
    page.form_fields = [
        ContactField(field_type=kind, label=label, clean_name=name, required=True)
        for name, kind, label in (("name", "singleline", "Your name"), ("email", "email", "Your e-mail"),
                                  ("message", "multiline", "Message"))
    ]  # fmt: skip
    return page


def count_queries(client: Client, url: str) -> int:
    """Return the queries of a page that no page cache holds, for a process that has served one before."""
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def add_projects(network: Network, number: int, **fields: Any) -> list[Any]:
    """Publish more projects in the hub of the network, run by its organization."""
    made = []
    for position in range(number):
        page = ProjectPage(title=f"Roof number {position}", summary="A roof.", sectors=[network.sector], **fields)
        page.hub_links = [ProjectHubLink(entry_id=network.hub.translation_key)]
        page.organization_links = [ProjectOrganizationLink(entry_id=network.organization.translation_key)]
        made.append(add_page(parent=network.world.project_lists[SOURCE], page=page, publish=True))
    return made
