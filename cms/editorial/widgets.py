"""Wagtail's choosers without their inline script.

Every chooser (page, image, snippet, our entries and places) is rendered by one method that ends in a script element,
in Python and out of reach of templates. The admin's content security policy forbids inline scripts, so this method is
replaced by one that writes the same words as data; static/editorial/widgets.js starts the chooser from them.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser

# The only chooser that is started by a function instead of a class.
TASK_STARTER = "createTaskChooser"


def render_as_data(self: BaseChooser, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
    """Render a chooser with its options as data. Raises TypeError without an id, as Wagtail does."""
    if not attrs or "id" not in attrs:
        message = "BaseChooser cannot be rendered without an 'id' attribute"
        raise TypeError(message)
    value_data = self.get_value_data(value)
    return format_html(
        '{}<template data-editorial-start="{}" data-target="{}" data-options="{}"></template>',
        self.render_html(name, value_data, attrs),
        TASK_STARTER if isinstance(self, AdminTaskChooser) else self.js_constructor,
        attrs["id"],
        json.dumps(self.get_js_init_options(attrs["id"], name, value_data)),
    )


def replace_inline_scripts() -> None:
    """Put the method in place; called once, when the apps are ready."""
    BaseChooser.render = render_as_data
