"""Personal data is unreadable without the key, and any change to it is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel import private
from bihuan.kernel.errors import Refused

pytestmark = pytest.mark.once


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_comes_back(text):
    assert private.unseal(private.seal(text)) == text


def test_nothing_comes_back_as_nothing():
    assert private.unseal(None) == ""
    assert private.unseal(b"") == ""


def test_what_a_database_gives_as_a_view_is_opened_too():
    assert private.unseal(memoryview(private.seal("王芳"))) == "王芳"


def test_the_text_is_not_in_what_is_stored():
    assert "王芳".encode() not in private.seal("王芳")


def test_equal_texts_are_stored_differently():
    assert private.seal("王芳") != private.seal("王芳")


@pytest.mark.parametrize("place", [0, 1, 12, 13, 20, -1])
def test_one_changed_bit_is_noticed(place):
    sealed = bytearray(private.seal("王芳"))
    sealed[place] ^= 1
    with pytest.raises(Refused):
        private.unseal(bytes(sealed))


@pytest.mark.parametrize("length", [1, 5, 13, 28])
def test_a_piece_of_it_is_refused(length):
    with pytest.raises(Refused):
        private.unseal(private.seal("王芳")[:length])


def test_another_key_opens_nothing(monkeypatch):
    sealed = private.seal("王芳")
    monkeypatch.setattr(private, "_cipher", lambda: private.AESGCM(bytes(32)))
    with pytest.raises(Refused) as told:
        private.unseal(sealed)
    assert told.value.code == "key"
    assert "王芳" not in str(told.value)


def test_equal_texts_are_found_by_their_hash_and_only_with_the_key(monkeypatch):
    found = private.keyed_hash("+8619900005526")
    assert found == private.keyed_hash("+8619900005526")
    assert found != private.keyed_hash("+8619900005527")
    assert len(found) == 16
    monkeypatch.setattr(private, "_hash_key", lambda: bytes(32))
    assert private.keyed_hash("+8619900005526") != found


@pytest.mark.parametrize("typed", ["19900005526", "199 0000 5526", "+86 199-0000-5526", "0086 19900005526"])
def test_one_telephone_written_in_many_ways_is_one(typed):
    assert private.normal_phone(typed) == "+8619900005526"


@pytest.mark.parametrize("typed", ["", "12", "call me", "1990000552655555555", "1" * 10_000])
def test_what_is_no_telephone_is_refused_at_its_field(typed):
    with pytest.raises(Refused) as told:
        private.normal_phone(typed)
    assert told.value.field == "phone"


def test_masks_show_just_enough_to_recognise():
    assert private.mask_phone("+8619900005526") == "•••• 5526"
    assert private.mask_name("王小芳") == "王••"
    assert private.mask_phone("") == private.mask_name("") == ""


def test_what_is_derived_is_the_same_for_a_purpose_and_another_for_another() -> None:
    assert private.derived("one") == private.derived("one") != private.derived("two")
    assert len(private.derived("one")) == 32
