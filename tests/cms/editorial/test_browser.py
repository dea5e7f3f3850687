"""The admin in real Chromium under its content security policy: nothing is blocked, and widgets start."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page as Tab
from playwright.sync_api import sync_playwright
from wagtail.models import Locale
from wagtail_localize.operations import translate_object

from cms.core.models import SiteMenu
from cms.media.models import Image
from cms.taxonomy.models import Sector
from tests.factories.media import image_file
from tests.worlds import SOURCE, World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WATCH = """
window.refused = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});
"""


@pytest.fixture
def tab(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return a function that opens an address as a person and gives the tab, with what went wrong in `problems`."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=live_server.url)
        context.add_init_script(WATCH)
        yield context
        browser.close()


def sign_in(context: Any, live_server: Any, user: Any) -> None:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


# Wagtail's picture cropper writes event handlers against dragging into its own elements; it works without them.
KNOWN = ("jquery.Jcrop",)
# Pictures that the test's media folder lacks are no fault of the page; what a policy blocks is seen by WATCH.
COUNTED_ELSEWHERE = ("Failed to load resource", "Content Security Policy directive")


def is_error(message: Any) -> bool:
    return message.type == "error" and not any(words in message.text for words in COUNTED_ELSEWHERE)


def open_page(context: Any, address: str, problems: list[str]) -> Tab:
    tab = context.new_page()
    tab.on("console", lambda message: problems.append(f"{address}: {message.text}") if is_error(message) else None)
    tab.on("pageerror", lambda error: problems.append(f"{address}: {error}"))
    tab.goto(address)
    tab.wait_for_load_state("networkidle")
    refused = tab.evaluate("window.refused")
    problems += [f"{address}: {what}" for what in refused if not any(name in what for name in KNOWN)]
    return tab


def addresses(world: World) -> list[str]:
    project, hub = world.pages["live_a"], world.hub_a[SOURCE]
    sector = Sector.objects.create(name="Energy", slug="energy", locale=hub.locale)
    image = Image.objects.create(title="Silent", file=image_file())
    return [
        "/admin/",
        "/admin/pages/",
        f"/admin/pages/{world.project_lists[SOURCE].pk}/",
        f"/admin/pages/{project.pk}/edit/",
        f"/admin/pages/{hub.pk}/edit/",
        f"/admin/pages/{world.pages['story_b'].pk}/edit/",
        f"/admin/pages/{project.pk}/history/",
        f"/admin/pages/{project.pk}/delete/",
        f"/admin/pages/{project.pk}/copy/",
        f"/admin/pages/add/projects/projectpage/{world.project_lists[SOURCE].pk}/",
        f"/admin/localize/submit/page/{project.pk}/",
        "/admin/project_pages/",
        "/admin/reports/missing-translations/",
        "/admin/reports/broken-links/",
        "/admin/reports/workflow/",
        "/admin/reports/site-history/",
        "/admin/reports/aging-pages/",
        "/admin/snippets/taxonomy/sector/",
        f"/admin/snippets/taxonomy/sector/edit/{sector.pk}/",
        f"/admin/snippets/cms_core/sitemenu/edit/{SiteMenu.objects.first().pk}/",
        "/admin/images/",
        "/admin/images/add/",
        f"/admin/images/{image.pk}/",
        "/admin/documents/",
        "/admin/documents/multiple/add/",
        "/admin/users/",
        "/admin/groups/",
        "/admin/redirects/",
        "/admin/workflows/list/",
        "/admin/settings/cms_core/networksettings/",
        "/admin/account/",
    ]


def test_no_page_of_the_admin_breaks_its_policy(tab: Any, live_server: Any):
    world = build_world()
    sign_in(tab, live_server, world.users["operator"])
    problems: list[str] = []
    for address in addresses(world):
        open_page(tab, address, problems).close()
    translate_object(world.pages["live_a"], [Locale.objects.get(language_code="de")])
    copy = world.pages["live_a"].get_translation(Locale.objects.get(language_code="de"))
    open_page(tab, f"/admin/pages/{copy.pk}/edit/", problems).close()
    assert not problems, "\n".join(problems)


def test_widgets_start(tab: Any, live_server: Any):
    world = build_world()
    sign_in(tab, live_server, world.users["operator"])
    problems: list[str] = []
    page = open_page(tab, f"/admin/pages/{world.pages['live_a'].pk}/edit/", problems)
    field = page.locator("#id_start_date")
    field.scroll_into_view_if_needed()
    field.click()
    page.locator(".xdsoft_datetimepicker:visible").wait_for()
    page.keyboard.press("Escape")
    rows = page.locator("#id_impact-FORMS > div:visible")
    before = rows.count()
    page.locator("#id_impact-ADD").click()
    page.wait_for_timeout(300)
    assert rows.count() == before + 1
    page.locator("#id_hub_links-OPEN_MODAL").click()
    page.locator(".modal-body").wait_for()
    assert "Hub B" in page.locator(".modal-body").inner_text()
    assert not problems, "\n".join(problems)
