"""Answers to questions of any number, kept for a minute or until something public changes, whichever is first.

Unlike `while_unchanged` this is for what visitors ask in their own words: the least recently asked questions go first.
They never lie in Django's default cache, where embedded they would push out what clients are counted by.
"""

from collections import OrderedDict
from hashlib import blake2b
from threading import Lock
from time import monotonic
from typing import Any

from .store import shared
from .version import site_version

# For so long API clients may go on with an answer anyway.
SECONDS = 60
MOST = 2_000


class KeptAnswer:
    """The answer to one question, under the version of the site that it is made from."""

    def __init__(self, question: str) -> None:
        """Make it before the answer: what changes meanwhile then has another version."""
        version = site_version()
        digest = blake2b(f"{version} {question}".encode(), digest_size=16).hexdigest()
        self.key = f"answer:{digest}" if version else ""

    def get(self) -> Any:
        """Return the answer, None when it is not kept here or by another process."""
        if not self.key:
            return None
        with _lock:
            kept = _answers.get(self.key)
            if kept and kept[0] > monotonic():
                _answers.move_to_end(self.key)
                return kept[1]
        answer = shared().get(self.key) if shared() else None
        if answer is not None:
            self._keep_here(answer)
        return answer

    def keep(self, answer: Any) -> None:
        """Keep the answer, for the other processes too. It belongs to all from now on: leave it as it is."""
        if not self.key:
            return
        self._keep_here(answer)
        if shared():
            shared().set(self.key, answer, SECONDS)

    def _keep_here(self, answer: Any) -> None:
        with _lock:
            _answers[self.key] = monotonic() + SECONDS, answer
            _answers.move_to_end(self.key)
            while len(_answers) > MOST:
                _answers.popitem(last=False)


_answers: OrderedDict[str, tuple[float, Any]] = OrderedDict()
_lock = Lock()


def forget_answers() -> None:
    """Make this process ask anew."""
    with _lock:
        _answers.clear()
