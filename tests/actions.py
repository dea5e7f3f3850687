"""What members do by API, as the OpenAPI document names it."""

import re
from typing import Any

from config.api import ACTIONS

PARAMETER = re.compile(r"<uuid:(\w+)>")


def action_paths() -> dict[str, Any]:
    """Return the views by their path in the document: `/api/v1/tokens/{id}/`."""
    return {"/api/v1/" + PARAMETER.sub(r"{\1}", address): view for address, view in ACTIONS.items()}
