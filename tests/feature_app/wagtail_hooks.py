from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html

from cms.core.live_blocks import LiveBlock, register_live_block
from cms.core.sections import register_section

from .models import Cheer


def cheers(_request: HttpRequest, page: Any) -> str:
    number = Cheer.objects.filter(entry_id=page.translation_key).count()
    return format_html('<section id="cheers">{} cheers for {}</section>', number, page.title)


def cheering(context: dict[str, Any]) -> str:
    return format_html('<p id="cheering">Cheer for {}</p>', context["page"].title)


register_section(kind="project", name="cheers", component=cheers)
register_live_block(LiveBlock("cheering", "Cheering", cheering))
