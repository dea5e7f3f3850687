from wagtail import hooks

from . import samples
from .choosers import entry_chooser_viewset

samples.register()


@hooks.register("register_admin_viewset")
def register_entry_chooser() -> object:
    return entry_chooser_viewset
