from wagtail import hooks

from .choosers import entry_chooser_viewset


@hooks.register("register_admin_viewset")
def register_entry_chooser() -> object:
    return entry_chooser_viewset
