"""What happened to public entries, for partners who keep a copy of the directory."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers

from cms.core.api.pagination import PAGE_PARAMETERS, SortKey
from cms.core.api.parameters import LANG, Choice, Parameter, Time, refuse
from cms.core.api.views import PagedView
from cms.directory.changes import is_ahead, settled_changes
from cms.directory.enums import Kind

ORDER = SortKey("number", int)
COLUMNS = ("id", "kind", "is_removed", "changed_at", "number")
WHERE: dict[str, str] = {
    Kind.HUB: "api-hubs-detail",
    Kind.ORGANIZATION: "api-organizations-detail",
    Kind.PROJECT: "api-projects-detail",
    Kind.STORY: "api-stories-detail",
}


class ChangeSerializer(serializers.Serializer):
    """The last thing that happened to an entry."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(list(WHERE))
    is_removed = serializers.BooleanField(help_text="It is not public any more: take your copy down.")
    changed_at = serializers.DateTimeField()
    api_url = serializers.URLField(allow_null=True, help_text="Where to read it anew; null when it is removed.")


class ChangePageSerializer(serializers.Serializer):
    """Changes, the oldest first, each entry once."""

    results = ChangeSerializer(many=True)
    next = serializers.URLField(allow_null=True, help_text="The address of the next page, null on the last one.")
    previous = serializers.URLField(allow_null=True, help_text="The address of the page before, null on the first one.")
    resume = serializers.URLField(
        help_text="Ask here next time: it goes on right behind what you have seen and misses nothing."
    )


class ChangeListView(PagedView):
    """What happened to public entries, the oldest first. Three queries at most.

    An entry stands in it once, with the last that happened to it; when it changes again it moves to the end. Keep
    `resume` of the last answer and ask there next time: no change is missed. `since` is for the first time.
    """

    tag = "changes"
    row_serializer = ChangeSerializer
    parameters: ClassVar[dict[str, Parameter]] = {
        "since": Time("Only what changed at this time or later."),
        "kind": Choice("Only entries of this kind.", choices=tuple(WHERE)),
        **PAGE_PARAMETERS,
        "lang": LANG,
    }

    @classmethod
    def answer_serializer(cls) -> type[serializers.Serializer]:
        return ChangePageSerializer

    def read(self) -> dict[str, Any]:
        changes = settled_changes()
        if "kind" in self.values:
            changes = changes.filter(kind=self.values["kind"])
        if "since" in self.values:
            changes = changes.filter(changed_at__gte=self.values["since"])
        page = self.page(changes.values(*COLUMNS), ORDER)
        if not page.rows and page.previous and is_ahead(page.previous.value):
            raise refuse("cursor", _("The site has moved since. Begin without a cursor."))
        answer = self.envelope(page, [_row(row, self.absolute) for row in page.rows], ORDER)
        return answer | {"resume": self.link_behind(page, ORDER)}


def _row(row: dict[str, Any], absolute: Callable[[str], str]) -> dict[str, Any]:
    where = None if row["is_removed"] else absolute(reverse(WHERE[row["kind"]], args=[row["id"]]))
    shown = {name: value for name, value in row.items() if name != "number"}
    return shown | {"api_url": where}
