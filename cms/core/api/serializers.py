"""What answers look like, for the OpenAPI document. Lists go from row to dict and never through these."""

from functools import cache

from rest_framework import serializers


class ProblemSerializer(serializers.Serializer):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField(help_text="Always about:blank: the status says it all.")
    title = serializers.CharField(help_text="The name of the status.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="One sentence for the person who reads it.")
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="What is wrong with each parameter.",
    )


@cache
def selectable(row: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """Return the serializer of a row that has the fields asked for, and therefore none for sure."""

    def get_fields(self: serializers.Serializer) -> dict[str, serializers.Field]:
        fields = super(made, self).get_fields()
        for one in fields.values():
            one.required = False
        return fields

    made = type(row.__name__, (row,), {"get_fields": get_fields, "__doc__": row.__doc__})
    return made


@cache
def page_of(row: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """Return the serializer of a list's answer: its rows, and the addresses of its neighbours."""
    name = row.__name__.removesuffix("Serializer")
    fields = {
        "results": row(many=True),
        "next": serializers.URLField(allow_null=True, help_text="The address of the next page, null on the last one."),
        "previous": serializers.URLField(
            allow_null=True, help_text="The address of the page before, null on the first one."
        ),
    }
    return type(f"{name}PageSerializer", (serializers.Serializer,), fields)
