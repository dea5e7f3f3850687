from typing import Any

from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from cms.directory.enums import Kind
from cms.directory.models import Entry
from cms.directory.permissions import edited_hub_ids

from .permissions import sees_whole_site
from .services import link_to_hub


def offered_hubs(user: Any) -> Any:
    """Return the hubs into which the user may bring pages: their own; for editors of the whole site every one."""
    hubs = Entry.objects.of_kind(Kind.HUB).with_text(get_language()).order_by("text_title")
    return hubs if sees_whole_site(user) else hubs.filter(pk__in=edited_hub_ids(user))


class HubForm(forms.Form):
    hub = forms.ModelChoiceField(label=_("Hub"), queryset=Entry.objects.none())

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hub"].queryset = offered_hubs(user)


class LinkToHubAction(PageBulkAction):
    """Shows several pages in a hub at once; each becomes a new revision, published if the page had no open draft."""

    display_name = _("Link to hub")
    action_type = "link_to_hub"
    aria_label = _("Link selected pages to a hub")
    template_name = "editorial/bulk/link_to_hub.html"
    action_priority = 60
    form_class = HubForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def check_perm(self, page: Page) -> bool:
        has_hubs = hasattr(page.specific_class, "hub_links")
        return has_hubs and page.permissions_for_user(self.request.user).can_edit()

    def get_execution_context(self) -> dict[str, Any]:
        return super().get_execution_context() | {"hub": self.cleaned_form.cleaned_data["hub"]}

    @classmethod
    def execute_action(
        cls, objects: list[Page], hub: Entry | None = None, user: Any = None, **_kwargs: Any
    ) -> tuple[int, int]:
        return sum(link_to_hub(page=page.specific, hub=hub, user=user) for page in objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext("%(count)d page was linked.", "%(count)d pages were linked.", num_parent_objects) % {
            "count": num_parent_objects
        }
