"""What the living style guide shows: every component in its states. Its sample content is not translated."""

from datetime import date
from typing import Any

from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from .contrast import contrast
from .style_samples import samples
from .themes import THEMES

TITLES = ("title-xxl", "title-xl", "title-l", "title-m", "title-s", "reading", "interface", "label")
COLOURS = ("paper", "paper-deep", "sheet", "wash", "ink", "ink-soft", "line-firm", "accent", "act", "sun")
HUES = ("energy", "mobility", "food", "buildings", "nature", "circular", "learning", "water")
SPACES = tuple(range(1, 10))
ICONS = (
    "search", "menu", "close", "arrow", "back", "chat", "bell", "filter", "map", "list", "hand", "heart", "reply",
    "smile", "clip", "send", "alert", "check", "clock", "plus", "minus", "locate", "more", "sun", "leaf",
)  # fmt: skip
SAMPLE_HUBS = (
    {"title": "Berlin", "url": "#hubs", "note": "48 projects, 1,930 people", "theme_key": "berlin"},
    {"title": "Münster", "url": "#hubs", "note": "31 projects, 1,204 people", "theme_key": "muenster"},
    {"title": "Solar energy", "url": "#hubs", "note": "27 projects in 14 cities", "theme_key": "solar"},
    {"title": "Kiel", "url": "#hubs", "note": "", "theme_key": ""},
)


class SampleForm(forms.Form):
    """A field of every kind."""

    title = forms.CharField(max_length=60, help_text="A name people would say aloud. No need for the city in it.")
    summary = forms.CharField(widget=forms.Textarea, max_length=40, required=False, help_text="Shown in lists.")
    sector = forms.ChoiceField(choices=[("energy", "Energy"), ("water", "Water")])
    cost = forms.IntegerField(required=False, min_value=0)
    phase = forms.ChoiceField(
        choices=[("idea", "An idea"), ("begun", "It has begun")],
        widget=forms.RadioSelect,
        help_text="You can change it.",
    )
    skills = forms.MultipleChoiceField(
        choices=[("wood", "Carpentry"), ("words", "Words")], widget=forms.CheckboxSelectMultiple, required=False
    )
    rules = forms.BooleanField(label="I have read the house rules")


SAMPLE_PAGER = {
    "number": 2, "first": 7, "last": 12, "total": 17, "more": 5,
    "next": "?sector=energy&page=3", "back": "?sector=energy",
}  # fmt: skip


def styleguide() -> dict[str, Any]:
    """Return the context of core/styleguide.html."""
    lead, *rest = _entries()
    return {
        "page_title": _("Style guide"),
        "is_hidden_from_search": True,
        "titles": TITLES,
        "colours": COLOURS,
        "hues": HUES,
        "spaces": SPACES,
        "icons": ICONS,
        "contrasts": _contrasts(),
        "lead": lead,
        "entries": rest,
        "hubs": SAMPLE_HUBS,
        "pager": SAMPLE_PAGER,
        "blank_form": SampleForm(),
        "wrong_form": SampleForm({"summary": "x" * 60, "cost": "-5", "sector": "energy", "phase": "begun"}),
        **_added(),
        **_reading(),
        **_people(),
    }


def _added() -> dict[str, Any]:
    added = [(part.name, part.component) for part in samples()]
    return {
        "sample_styles": list(dict.fromkeys(style for _name, sample in added for style in sample.styles)),
        "samples": [
            {"anchor": f"sample-{name}", "title": sample.title, "html": mark_safe(sample.html())}  # noqa: S308 (our own templates)
            for name, sample in added
        ],
    }


def _contrasts() -> list[dict[str, Any]]:
    pairs = []
    for theme in THEMES.values():
        for number, time in enumerate((_("day"), _("night"))):
            accent, ink, paper = theme.accent[number], theme.accent_ink[number], theme.paper[number]
            row: dict[str, Any] = {"name": theme.label, "time": time}
            row |= {"accent_on_paper": contrast(accent, paper), "ink_on_accent": contrast(ink, accent)}
            pairs.append(row)
    return pairs


def _entry(title: str, hue: str, phase: str, status: str, **more: Any) -> dict[str, Any]:
    entry = {
        "title": title, "url": "#entries", "summary": "", "kind": "project", "kind_label": "Project",
        "sector_name": hue.title(), "sector_hue": hue, "status_name": status, "status_phase": phase,
        "place_name": "Münster", "meta": ["14 people"], "image": None, "language": "",
    }  # fmt: skip
    return entry | more


def _entries() -> list[dict[str, Any]]:
    return [
        _entry(
            "Sunday market garden", "food", "recruiting", "Looking for people",
            summary="A hectare beside the ring road feeds ninety households. In winter it needs glass and glaziers.",
        ),
        _entry("School roof number seven", "energy", "active", "Running", summary="Pupils read the meter."),
        _entry("Bring the brook back", "water", "planned", "Planned", summary="Seven hundred metres see daylight."),
        _entry("Cargo bikes by the hour", "mobility", "paused", "Paused"),
        _entry(
            "Nachbarschaftswärmeplanung Kreuzviertel", "buildings", "active", "Running", language="de",
            summary="Drei Straßenzüge rechnen gemeinsam.",
        ),
        _entry(
            "The repair evening", "circular", "done", "Done", sector_name="Circular economy",
            reason="Shares two people with Lindenhof",
        ),
        _entry("Klimabildungswerkstatt", "learning", "", "", meta=["Online", "since 2021"], place_name=""),
    ]  # fmt: skip


def _reading() -> dict[str, Any]:
    return {
        "facts": [
            {"name": "Place", "value": "Lindenhof, Münster", "url": "#facts"},
            {"name": "Run by", "value": "Lindenhof housing co-op", "url": "#facts"},
            {"name": "Began", "value": "March 2024"},
            {"name": "Saves", "value": "212 t CO₂e a year"},
        ],
        "figures": [
            {"value": "83", "unit": "%", "label": "of heat from below the courtyard"},
            {"value": "€41", "label": "less for heating, per flat and month"},
            {"value": "138", "label": "tenants voted, 131 in favour"},
        ],
        "questions": [
            {"question": "Do I have to know anything?", "answer": "No. Bring gloves.", "is_open": True},
            {"question": "Who pays for it?", "answer": "Half the tenants, half a fund of the city."},
        ],
        "updates": [
            {
                "date": date(2026, 11, 14),
                "title": "First frost, 21 degrees",
                "text": "Nobody rang. We take it as applause.",
            },
            {"date": date(2026, 9, 30), "title": "The last of 64 boreholes is filled", "url": "#timeline"},
        ],
        "dates": [
            {
                "date": date(2026, 11, 24),
                "title": "Balcony solar clinic",
                "url": "#dates",
                "meta": ["Münster", "18:00"],
            },
            {"date": date(2026, 11, 29), "title": "Planting day, soup at one", "url": "#dates", "meta": ["Wolbeck"]},
        ],
        "crumbs": [{"title": "Projects", "url": "#breadcrumbs"}, {"title": "Münster", "url": "#breadcrumbs"}],
        "problems": [
            {"text": "The title is already taken in Münster", "url": "#id_title"},
            {"text": "The cost has to be a whole number", "url": "#id_cost"},
        ],
    }


def _people() -> dict[str, Any]:
    return {
        "people": [
            {
                "name": "Hatice Brandt", "role": "Speaks for the co-op", "initials": "HB", "hue": "buildings",
                "quote": "Ask first, build fastest.", "url": "#people", "contact_url": "#people",
                "contact_label": "Write to Hatice",
            },
            {"name": "Jonas Wiegand", "role": "Bore holes and paperwork", "initials": "JW", "hue": "energy"},
            {"name": "Marlene Ostrowski", "role": "Keeps the accounts", "initials": "MO", "hue": "mobility"},
        ],
        "logos": [
            {"name": "Stadtwerke am Aasee", "url": "#logos"},
            {"name": "Genossenschaft Lindenhof", "url": "#logos"},
            {"name": "Bürgerstiftung Kreuzviertel"},
        ],
    }  # fmt: skip
