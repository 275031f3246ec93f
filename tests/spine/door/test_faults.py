"""Faults in words."""

import pytest
from django.utils import translation

from bihuan.spine.door.faults import MALFORMED, SENTENCES, Fault, Unfit

pytestmark = pytest.mark.once


@pytest.mark.parametrize("code", SENTENCES)
def test_every_fault_has_a_sentence_in_both_languages(code: str) -> None:
    with translation.override("en"):
        english = str(Fault("text", code, "9"))
    with translation.override("zh-hans"):
        chinese = str(Fault("text", code, "9"))
    assert english.isascii() and not chinese.isascii()


def test_a_fault_names_its_limit() -> None:
    with translation.override("en"):
        assert "8000" in str(Fault("text", "long", "8000"))


@pytest.mark.parametrize("code", SENTENCES)
def test_what_is_malformed_is_400_and_wrong_values_are_422(code: str) -> None:
    assert Unfit([Fault("body", code)]).status == (400 if code in MALFORMED else 422)


def test_an_unfit_entry_lists_every_fault_and_is_refused_for_the_first() -> None:
    unfit = Unfit([Fault("phone", "phone"), Fault("lat", "position")])
    assert [field for field, _ in unfit.errors()] == ["phone", "lat"]
    assert (unfit.field, unfit.code) == ("phone", "phone")
