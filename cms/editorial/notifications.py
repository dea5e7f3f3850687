"""Mails about reviews: Wagtail's own texts, to the people of our own task."""

from typing import Any

from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import TaskState

from .models import HubReviewTask
from .permissions import is_final_editor, reviewers


class HubReviewNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Tells the reviewers of a page that it waits for them."""

    def can_handle(self, instance: Any, **_kwargs: Any) -> bool:
        return isinstance(instance, TaskState) and isinstance(instance.task.specific, HubReviewTask)

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> list[Any]:
        sender = kwargs.get("user") or task_state.workflow_state.requested_by
        people = reviewers(task_state.workflow_state.content_object)
        return [person for person in people if sender is None or person.pk != sender.pk or is_final_editor(person)]
