"""Answers to questions of any number, kept for a minute or until something public changes, whichever is first.

Unlike `while_unchanged` this is for what visitors ask in their own words: the least recently asked questions go first.
They never lie in Django's default cache, where embedded they would push out what clients are counted by.
"""

import pickle
from typing import Any

from .store import PageStore
from .version import site_version

# For so long API clients may go on with an answer anyway.
SECONDS = 60
answers = PageStore(8 * 1024 * 1024, seconds=SECONDS)


class KeptAnswer:
    """The answer to one question, under the version of the site that it is made from."""

    def __init__(self, question: str) -> None:
        """Make it before the answer: what changes meanwhile then has another version."""
        version = site_version()
        self.key = f"{version} {question}" if version else ""

    def get(self) -> Any:
        """Return the answer, None when it is not kept here or by another process."""
        kept = answers.get(self.key) if self.key else None
        return pickle.loads(kept.body) if kept else None  # noqa: S301 (written by `keep`, and nobody else)

    def keep(self, answer: Any) -> None:
        """Keep the answer, for the other processes too."""
        if self.key:
            answers.put(self.key, pickle.dumps(answer), ())
