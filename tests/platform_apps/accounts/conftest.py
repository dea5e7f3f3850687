from typing import Any

import pytest
from django.db import transaction


@pytest.fixture(autouse=True)
def _mails_go_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deliver what a request has written down, as its commit would."""

    def at_once(run: Any, *_args: Any, **_kwargs: Any) -> None:
        run()

    monkeypatch.setattr(transaction, "on_commit", at_once)
