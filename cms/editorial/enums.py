"""Names that the database, the code and the handbook share. Groups are data: their names are not translated."""

from django.db import models


class SiteGroup(models.TextChoices):
    """The groups with a task for the whole site.

    Operators run it (people, groups, settings, languages, redirects) and may do all that editors do. Moderators take
    public pages down, or lock them, and edit nothing. Editors write, review and publish everywhere. Translators change
    pages and terms anywhere but publish nothing themselves.
    """

    OPERATORS = "Operators"
    MODERATORS = "Moderators"
    EDITORS = "Editors"
    TRANSLATORS = "Translators"


# Whose word is final: they may approve what they wrote themselves.
FINAL_GROUPS = (SiteGroup.OPERATORS, SiteGroup.EDITORS)

HUB_GROUP_PREFIX = "Hub editors: "
SHARED_COLLECTION = "Shared pictures"
WORKFLOW_NAME = "Review by the hubs"
TASK_NAME = "Review by an editor of the hub"

ALL_PAGE_ACTIONS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
SITE_PAGE_ACTIONS = {
    SiteGroup.OPERATORS: ALL_PAGE_ACTIONS,
    SiteGroup.MODERATORS: ("publish", "lock", "unlock"),
    SiteGroup.EDITORS: ALL_PAGE_ACTIONS,
    SiteGroup.TRANSLATORS: ("change",),
}
HUB_PAGE_ACTIONS = ("add", "change", "publish", "lock", "unlock")
FILE_ACTIONS = ("add", "change", "choose")
SITE_FILE_ACTIONS = {
    SiteGroup.OPERATORS: ("add", "change", "delete", "choose"),
    SiteGroup.MODERATORS: ("choose",),
    SiteGroup.EDITORS: ("add", "change", "delete", "choose"),
    SiteGroup.TRANSLATORS: ("choose",),
}
