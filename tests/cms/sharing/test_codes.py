import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.sharing.codes import ALPHABET, CODE_LENGTH, key_range, short_code


@given(st.uuids())
def test_a_code_leads_back_to_its_id(key):
    code = short_code(key)
    assert len(code) == CODE_LENGTH
    first, last = key_range(code)
    assert first <= key <= last


@given(st.uuids(), st.uuids())
def test_other_ids_have_other_codes(one, other):
    is_same_start = one.bytes[:8] == other.bytes[:8]
    assert (short_code(one) == short_code(other)) is is_same_start


@given(st.text(max_size=30))
def test_anything_else_is_refused_and_nothing_worse(text):
    try:
        first, last = key_range(text)
    except ValueError:
        return
    assert len(text) == CODE_LENGTH
    assert set(text) <= set(ALPHABET)
    assert first < last


def test_what_is_larger_than_an_id_is_refused():
    assert key_range(short_code(uuid.UUID(int=2**128 - 1)))[1] == uuid.UUID(int=2**128 - 1)
    with pytest.raises(ValueError, match="int"):
        key_range("z" * CODE_LENGTH)
