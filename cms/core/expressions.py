from django.db.models import Field, Value
from django.db.models.functions import Cast


def typed_null(field: Field) -> Cast:
    """Return NULL with the type of a field: PostgreSQL takes two bare ones over each other in a union for text."""
    return Cast(Value(None), output_field=field)
