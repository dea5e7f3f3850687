from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page, Task, TaskState

from cms.directory.models import Entry

from .permissions import can_review, is_final_editor, reviewable_pages


class HubEditors(models.Model):
    """The group that runs a hub, and the place where it keeps its pictures."""

    hub = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="+")
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="+")
    collection = models.ForeignKey(Collection, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("editors of a hub")
        verbose_name_plural = _("editors of hubs")

    def __str__(self) -> str:
        return self.group.name


class HubReviewTask(Task):
    """A review by whoever may edit and publish the page: editors of its hubs, the hub's own, editors of the site.

    Nobody approves what they handed in themselves; only site editors may, because nobody stands above them.
    """

    class Meta:
        verbose_name = _("review by the hubs")
        verbose_name_plural = _("reviews by the hubs")

    @classmethod
    def get_description(cls) -> str:
        return _("Editors of any hub that the page is linked to can approve it, and so can the editors of the site.")

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return can_review(user, obj)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not can_review(user, obj)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return can_review(user, obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not can_review(user, obj):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **_kwargs: Any) -> QuerySet[TaskState]:
        """Return the reviews that wait for the user; one query, however many pages there are."""
        ids = reviewable_pages(user).order_by().values_list(Cast("pk", CharField()), flat=True)
        states = self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type__app_label=Page._meta.app_label,
            workflow_state__base_content_type__model=Page._meta.model_name,
            workflow_state__object_id__in=ids,
        )
        if is_final_editor(user):
            return states
        return states.filter(Q(workflow_state__requested_by__isnull=True) | ~Q(workflow_state__requested_by=user))
