"""Registration only: the team on the pages of what people can join."""

from cms.core.sections import register_section

from .components import team_section
from .enums import JOINABLE_KINDS

for _kind in JOINABLE_KINDS:
    register_section(kind=_kind, name="team", component=team_section, order=10)
