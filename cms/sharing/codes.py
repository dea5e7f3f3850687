"""Short codes of entries: the first 64 bits of the id, written in an alphabet without letters that look alike.

Nothing is stored, so a printed code survives a move to another database, and every entry has one from its first moment.
Two entries out of a million share a code with a chance of one in two million; then it leads to the one published first.
"""

from uuid import UUID

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
CODE_LENGTH = 11  # 58 ** 11 is just more than 2 ** 64
_BYTES = 8
_REST_BITS = 8 * (16 - _BYTES)


def short_code(key: UUID) -> str:
    """Return the code of an entry's id: always 11 signs."""
    number = int.from_bytes(key.bytes[:_BYTES])
    signs = []
    for _ in range(CODE_LENGTH):
        number, position = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[position])
    return "".join(reversed(signs))


def key_range(code: str) -> tuple[UUID, UUID]:
    """Return the first and the last id that a code may stand for. Raises ValueError for what is no code."""
    if len(code) != CODE_LENGTH:
        message = "A code has 11 signs."
        raise ValueError(message)
    number = 0
    for sign in code:
        number = number * len(ALPHABET) + ALPHABET.index(sign)
    first = number << _REST_BITS
    return UUID(int=first), UUID(int=first + (1 << _REST_BITS) - 1)
