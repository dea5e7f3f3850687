"""The page on which somebody changes their profile. What it takes is checked once more by the use case itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _

from cms.core.ids import as_uuid
from cms.media.pipeline import square_image
from cms.places.models import Place
from cms.places.names import folded
from cms.places.selectors import find_places
from cms.taxonomy.enums import Vocabulary
from cms.taxonomy.selectors import TermLabel, sectors_of, terms

from .cards import AVATAR_SIDE
from .enums import Availability, Level, Visibility
from .languages import language_names
from .models import LONGEST_ABOUT, LONGEST_HEADLINE, LONGEST_WEBSITE, Profile
from .sight import FIELDS
from .validation import LONGEST_NAME, MOST_LANGUAGES, checked

TEXTS = ("headline", "about", "availability", "website")
SKILL, VISIBILITY = "skill-", "visibility-"
EMPTY_LANGUAGES = 2
LONGEST_PLACE = 100


class SeveralSelects(forms.SelectMultiple):
    """Several selects of one name instead of one long list of ticks. What is empty counts for nothing."""

    template_name = "profiles/widgets/several_selects.html"
    # What those behind the first are called, which has the label of the field.
    label = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return list(dict.fromkeys(value for value in values if value))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = [*(value or []), *[""] * EMPTY_LANGUAGES][:MOST_LANGUAGES]
        return context | {"selects": chosen, "options": list(self.choices), "label": self.label}


class ProfileForm(forms.Form):
    """A profile with everything in it, and beside each field who sees it."""

    avatar = forms.FileField(required=False)
    remove_avatar = forms.BooleanField(required=False)
    first_name = forms.CharField(max_length=LONGEST_NAME, required=False)
    last_name = forms.CharField(max_length=LONGEST_NAME, required=False)
    headline = forms.CharField(max_length=LONGEST_HEADLINE, required=False)
    about = forms.CharField(max_length=LONGEST_ABOUT, required=False, widget=forms.Textarea(attrs={"rows": 8}))
    place = forms.CharField(max_length=LONGEST_PLACE, required=False)
    place_id = forms.CharField(required=False, widget=forms.HiddenInput)
    languages = forms.MultipleChoiceField(required=False, widget=SeveralSelects)
    sectors = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    availability = forms.ChoiceField(required=False)
    website = forms.CharField(max_length=LONGEST_WEBSITE, required=False, widget=forms.URLInput)

    def __init__(self, profile: Profile, language: str, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial=_initial(profile, language))
        self.profile, self.language = profile, language
        self.terms = terms(language)
        self.place_choices: list[Place] = []
        self._name_fields()
        self._add_skills()
        for field in FIELDS:
            self.fields[f"{VISIBILITY}{field}"] = forms.ChoiceField(
                choices=Visibility.choices, label=_("Who sees this"), initial=profile.visibility[field]
            )

    def _name_fields(self) -> None:
        for name, label in {
            "avatar": _("New picture"), "remove_avatar": _("Remove the picture"), "first_name": _("First name"),
            "last_name": _("Last name"), "headline": _("You in one line"), "about": _("About you"),
            "place": _("Where you live"), "languages": _("Languages you speak"), "sectors": _("What you care about"),
            "availability": _("How much time you have"), "website": _("Website"),
        }.items():  # fmt: skip
            self.fields[name].label = label
        self.fields["headline"].help_text = _("Stands below your name in lists. Up to 120 characters.")
        self.fields["about"].help_text = _("Plain text. Empty lines make paragraphs, addresses become links.")
        self.fields["place"].help_text = _("A town or district; nobody is shown your street.")
        self.fields["avatar"].help_text = _(
            "JPEG, PNG, WebP, GIF or AVIF up to 10 MB. We keep its middle, and nothing of where it was taken."
        )
        self.fields["avatar"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp,image/gif,image/avif"
        self.fields["languages"].widget.label = self.fields["languages"].label
        self.fields["languages"].choices = [("", _("Choose a language")), *language_names(self.language).items()]
        self.fields["sectors"].choices = [(str(label.key), label.name) for label in sectors_of(self.terms)]
        self.fields["availability"].choices = [("", _("I'd rather not say")), *Availability.choices]

    def _add_skills(self) -> None:
        levels = {one.key: one.level for one in self.profile.skills.all()}
        for label in self.terms.of(Vocabulary.SKILL):
            self.fields[f"{SKILL}{label.key}"] = forms.TypedChoiceField(
                choices=[("", "–"), *Level.choices], coerce=int, empty_value=0, required=False, label=label.name,
                initial=levels.get(label.key, ""),
            )  # fmt: skip

    def skill_groups(self) -> Iterator[dict[str, Any]]:
        """Yield the skills by their headings, those first that hold something."""
        labels = list(self.terms.of(Vocabulary.SKILL))
        groups = []
        for top in [label for label in labels if label.parent is None]:
            below = self.terms.subtree(top.key)
            members = [top, *(label for label in labels if label.key in below and label != top)]
            fields = [self._skill(label) for label in members]
            groups.append({"name": top.name, "fields": fields, "chosen": sum(bool(one.value()) for one in fields)})
        yield from sorted(groups, key=lambda group: not group["chosen"])

    def _skill(self, label: TermLabel) -> BoundField:
        return self[f"{SKILL}{label.key}"]

    def visibility(self) -> dict[str, BoundField]:
        """Return the fields that say who sees what."""
        return {field: self[f"{VISIBILITY}{field}"] for field in FIELDS}

    def clean_avatar(self) -> Any:
        """Look at the picture before anything is stored."""
        upload = self.cleaned_data["avatar"]
        return square_image(upload, name="avatar", side=AVATAR_SIDE) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "place" in cleaned:
            cleaned["place"] = self._place(cleaned["place"].strip(), cleaned.get("place_id", ""))
        try:
            # All that is wrong is said at once, also what only the use case minds.
            checked(self.changes())
        except ValidationError as error:
            self.add_errors(error.message_dict)
        return cleaned

    def _place(self, text: str, key: str) -> Place | None:
        """Return the place that is meant, beyond doubt; else say so and offer what may be meant."""
        if not text:
            return None
        known = as_uuid(key) and Place.objects.select_related("parent").filter(pk=key).first()
        if known and _is_called(known, text, self.language):
            return known
        answer = find_places(text, self.language)
        if answer.place is None:
            self.place_choices = list(answer.choices)
            self.add_error("place", _place_error(has_choices=bool(answer.choices)))
        return answer.place

    def changes(self) -> dict[str, Any]:
        """Return what the use case takes, as far as it could be read."""
        cleaned = self.cleaned_data
        plain = ("first_name", "last_name", "place", "languages", *TEXTS)
        skills = {name.removeprefix(SKILL): level for name, level in cleaned.items() if name.startswith(SKILL)}
        seen_by = {field: cleaned.get(f"{VISIBILITY}{field}") for field in FIELDS}
        return {
            **{name: cleaned[name] for name in plain if name in cleaned},
            "skills": {as_uuid(key): level for key, level in skills.items() if level},
            "sectors": [as_uuid(key) for key in cleaned.get("sectors", [])],
            "visibility": {field: value for field, value in seen_by.items() if value},
        }

    def add_errors(self, errors: Mapping[str, list[str]]) -> None:
        """Put what the use case has against something beside its field."""
        for name, messages in errors.items():
            for message in messages:
                self.add_error(name if name in self.fields else None, message)


def _initial(profile: Profile, language: str) -> dict[str, Any]:
    place = profile.place
    return {
        "first_name": profile.user.first_name,
        "last_name": profile.user.last_name,
        **{name: getattr(profile, name) for name in TEXTS},
        "place": place.label_in(language) if place else "",
        "place_id": str(place.pk) if place else "",
        "languages": sorted(profile.languages.values_list("code", flat=True)),
        "sectors": [str(key) for key in profile.sectors.values_list("key", flat=True)],
    }


def _is_called(place: Place, text: str, language: str) -> bool:
    names = {place.label_in(language), place.name, *map(str, place.names.values())}
    return folded(text) in {folded(name) for name in names}


def _place_error(*, has_choices: bool) -> str:
    return _("Several places are called so: choose one.") if has_choices else _("We know no place of that name.")
