"""What is encrypted at rest."""

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from community.core import vault


@given(st.binary(max_size=500))
def test_what_is_sealed_opens_again(plain: bytes) -> None:
    assert vault.open_sealed(vault.seal(plain)) == plain


def test_two_seals_of_the_same_differ() -> None:
    assert vault.seal(b"x") != vault.seal(b"x")


@pytest.mark.parametrize("position", [0, 5, 40, 70, -1])
def test_altered_value_does_not_open(position: int) -> None:
    sealed = bytearray(vault.seal(b"a licence"))
    sealed[position] ^= 1
    with pytest.raises(vault.Unreadable):
        vault.open_sealed(bytes(sealed))


def test_rotated_key_still_opens_and_a_lost_one_does_not() -> None:
    sealed = vault.seal_text("a licence")
    with override_settings(
        FIELD_KEYS=["a new key of thirty-two letters!", "a field key for tests only and long enough"]
    ):
        assert vault.open_text(sealed) == "a licence"
    with override_settings(FIELD_KEYS=["a new key of thirty-two letters!"]), pytest.raises(vault.Unreadable):
        vault.open_text(sealed)
