import pytest
from django.template import Context, Template

from cms.core.page_parts import Area, register_page_part, unregister_page_part


def test_a_part_of_pages_comes_and_goes():
    def part(context):
        return f"<p>{context['word']}</p>"

    template = Template('{% load groundswell %}{% page_parts "end" %}')
    register_page_part(area=Area.END, name="test", component=part, order=1)
    try:
        assert template.render(Context({"word": "Hello"})).startswith("<p>Hello</p>")
        with pytest.raises(ValueError, match="already"):
            register_page_part(area=Area.END, name="test", component=part)
    finally:
        unregister_page_part(area=Area.END, name="test")
    assert template.render(Context({"word": "Hello"})) == ""


def test_parts_stand_in_their_order():
    template = Template('{% load groundswell %}{% page_parts "footer" %}')
    names = ("late", "early")
    for name, order in zip(names, (20, 10), strict=True):
        register_page_part(area=Area.FOOTER, name=name, component=lambda _context, name=name: name, order=order)
    try:
        assert template.render(Context()) == "earlylate"
    finally:
        for name in names:
            unregister_page_part(area=Area.FOOTER, name=name)
