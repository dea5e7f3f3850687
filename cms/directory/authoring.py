"""Use cases of making community pages: the admin, forms, the API, imports and the demo all come through here."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

if TYPE_CHECKING:
    from cms.core.pages import BasePage


@transaction.atomic
def add_page(*, parent: Page, page: "BasePage", author: Any = None, publish: bool = False) -> "BasePage":
    """Add a page below another one, as a draft or published, with its first revision.

    A slug that is taken gets a number. Raises ValidationError when the page's own fields do not hold, and
    PublishPagePermissionError when the author may not publish here; without an author the installation itself acts.
    """
    lock_children(parent)
    page.owner = page.owner or author
    page.locale = parent.locale
    page.slug = find_available_slug(parent, page.slug or slugify(page.title) or str(page.translation_key))
    page.live = False
    page.has_unpublished_changes = True
    parent.add_child(instance=page)
    revision = page.save_revision(user=author, log_action=True)
    if publish:
        revision.publish(user=author)
        page.refresh_from_db()
    return page


def lock_children(parent: Page) -> None:
    """Wait for whoever adds a child here at this moment, then see the children that there are now.

    Two children added at once would otherwise be given the same place in the tree. Must run inside a transaction.
    """
    Page.objects.select_for_update().get(pk=parent.pk)
    fresh = Page.objects.values("path", "depth", "numchild", "url_path").get(pk=parent.pk)
    for name, value in fresh.items():
        setattr(parent, name, value)


@transaction.atomic
def submit_page(*, page: "BasePage", author: Any) -> Any:
    """Hand the newest revision of a page to its reviewers. Returns the workflow's state.

    Raises ValueError when no workflow is set up for this part of the tree.
    """
    workflow = page.get_workflow()
    if workflow is None:
        message = "There is no workflow for this page."
        raise ValueError(message)
    return workflow.start(page, author)
