"""Terms in forms: each once, in the editor's language, whatever language its rows are in."""

from django import forms
from django.db.models import Min
from django.utils.translation import get_language

from .models import Term
from .selectors import terms


class TermChoicesMixin:
    """For a model form: shows every term once. What is stored is the row that a term was written in first."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        chosen = [field for field in self.fields.values() if _offers_terms(field)]
        if not chosen:
            return
        labels = terms(get_language()).by_key
        for field in chosen:
            model = field.queryset.model
            first = model.objects.order_by().values("translation_key").annotate(first=Min("pk")).values("first")
            field.queryset = model.objects.filter(pk__in=first)
            field.label_from_instance = lambda term: labels[term.translation_key].name


def _offers_terms(field: forms.Field) -> bool:
    return isinstance(field, forms.ModelChoiceField) and issubclass(field.queryset.model, Term)
