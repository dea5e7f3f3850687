from wagtail import hooks

from .choosers import place_chooser_viewset
from .viewsets import place_viewset


@hooks.register("register_admin_viewset")
def register_place_viewsets() -> list[object]:
    return [place_chooser_viewset, place_viewset]
