"""The forms of teams: they parse what people write; what may happen with it is said by the services."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platform_apps.core.texts import ONE_LINE, SEVERAL_LINES

from .enums import JoinPolicy, Role
from .models import LINE_LENGTH, MOST_QUESTIONS, MOST_USES, TEXT_LENGTH, TITLE_LENGTH, Membership
from .rules import INVITATION_DAYS, NO_PLACE
from .services.inviting import LONGEST_DAYS, MOST_ADDRESSES

BETWEEN_ADDRESSES = re.compile(r"[\s,;]+")
LONGEST_ADDRESSES = 10_000
# A team numbers from one; in the row it counts from zero.
LAST_PLACE = 200


def line(label: Any, *, longest: int = LINE_LENGTH, **kwargs: Any) -> forms.CharField:
    """Return a field for one line of text."""
    return forms.CharField(label=label, max_length=longest, validators=[ONE_LINE], **kwargs)


def text(label: Any, **kwargs: Any) -> forms.CharField:
    """Return a field for several lines of text."""
    kwargs.setdefault("max_length", TEXT_LENGTH)
    return forms.CharField(label=label, validators=[SEVERAL_LINES], widget=forms.Textarea(attrs={"rows": 4}), **kwargs)


class RequestForm(forms.Form):
    """What somebody says who asks to join, with the entry's own questions."""

    message = text(
        gettext_lazy("Message"),
        required=False,
        help_text=gettext_lazy("Why you would like to join."),
    )
    availability = line(
        gettext_lazy("When you have time"), required=False, help_text=gettext_lazy("Such as: two evenings a month.")
    )

    def __init__(self, *args: Any, questions: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for one in questions:
            self.fields[f"answer-{one['id']}"] = text(one["text"], required=one["is_required"])

    def answers(self) -> dict[str, str]:
        """Return what was answered, by the id of the question."""
        given = {one["id"]: self.cleaned_data[f"answer-{one['id']}"] for one in self.questions}
        return {key: answer for key, answer in given.items() if answer}


class OwnForm(forms.Form):
    """What a member says of themselves in the team."""

    title = line(
        gettext_lazy("What you do here"),
        longest=TITLE_LENGTH,
        required=False,
        help_text=gettext_lazy("Stands under your name, such as: keeps the accounts."),
    )
    is_listed = forms.BooleanField(label=gettext_lazy("Show me on the page"), required=False)


class MemberForm(forms.Form):
    """What an admin says of a member."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    title = line(gettext_lazy("What they do here"), longest=TITLE_LENGTH, required=False)
    place = forms.IntegerField(label=gettext_lazy("Place"), min_value=1, max_value=LAST_PLACE, required=False)

    @classmethod
    def of(cls, membership: Membership) -> "MemberForm":
        """Return the form as a member is now."""
        place = membership.position + 1 if membership.position < NO_PLACE else None
        initial = {"role": membership.role, "title": membership.title, "place": place}
        return cls(initial=initial, prefix=membership.pk.hex, auto_id="id_%s")


class ReasonForm(forms.Form):
    """Why somebody is declined, removed or banned."""

    reason = text(gettext_lazy("Reason"), required=False, help_text=gettext_lazy("The person reads this."))


class LinkForm(forms.Form):
    """A link that people can pass on."""

    max_uses = forms.IntegerField(label=gettext_lazy("How many people"), min_value=1, max_value=MOST_USES, initial=10)
    days = forms.IntegerField(
        label=gettext_lazy("How many days"), min_value=1, max_value=LONGEST_DAYS, initial=INVITATION_DAYS
    )


class MailForm(forms.Form):
    """Invitations to addresses."""

    emails = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        max_length=LONGEST_ADDRESSES,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Up to fifty, with commas or on lines of their own. Each gets a mail of its own."),
    )
    mail_role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, initial=Role.MEMBER)
    message = text(gettext_lazy("Message"), required=False)

    def clean_emails(self) -> list[str]:
        """Return the addresses. Raises ValidationError that names the first wrong one."""
        addresses = [part for part in BETWEEN_ADDRESSES.split(self.cleaned_data["emails"]) if part]
        if len(addresses) > MOST_ADDRESSES:
            raise ValidationError(_("At most fifty addresses."))
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError as error:
                raise ValidationError(_("No e-mail address: %(address)s") % {"address": address[:80]}) from error
        return addresses


class SettingsForm(forms.Form):
    """How people come in, and what they are asked."""

    policy = forms.ChoiceField(label=gettext_lazy("Who can join"), choices=JoinPolicy.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, questions: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = min(MOST_QUESTIONS, len(questions) + 3)
        if self.is_bound:
            self.number = MOST_QUESTIONS
        for number in range(self.number):
            known = questions[number] if number < len(questions) else {"text": "", "is_required": False}
            label = _("Question %(number)d") % {"number": number + 1}
            self.fields[f"text-{number}"] = line(label, required=False, initial=known["text"])
            self.fields[f"required-{number}"] = forms.BooleanField(
                label=_("An answer is needed"), required=False, initial=known["is_required"]
            )

    def questions(self) -> list[dict[str, Any]]:
        """Return the questions that have a text."""
        return [one for one in self._asked() if one["text"]]

    def _asked(self) -> Iterator[dict[str, Any]]:
        for number in range(self.number):
            yield {
                "text": self.cleaned_data[f"text-{number}"],
                "is_required": self.cleaned_data[f"required-{number}"],
            }


def chosen_id(value: str | None) -> uuid.UUID | None:
    """Return the id that a button of a form carries, None for anything else."""
    try:
        return uuid.UUID(value or "")
    except ValueError:
        return None
