"""Which plates there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.errors import Refused
from bihuan.lines.passes.plates import PROVINCES, check_plate, check_trailer, plain_plate


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("湘b·12345", "湘B12345"),
        (" 湘Ｂ１２３４５ ", "湘B12345"),
        ("粤A-C8C88", "粤AC8C88"),
        ("京A0001学", "京A0001学"),
    ],
)
def test_an_ordinary_plate_is_known_however_it_is_typed(typed: str, plain: str) -> None:
    assert check_plate(typed, "yellow") == (plain, "yellow")


@pytest.mark.parametrize(("plate", "colour"), [("湘BD12345", "green"), ("湘B12345F", "yellow_green")])
def test_a_new_energy_plate_tells_its_colour_itself(plate: str, colour: str) -> None:
    assert check_plate(plate, "blue") == (plate, colour)


@pytest.mark.parametrize(
    "typed", ["", "湘B1234", "湘BI2345", "B12345", "湘B1234567", "湘BABCDE", "中B12345", "湘I12345"]
)
def test_what_is_no_plate_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        check_plate(typed, "yellow")
    assert refused.value.field == "plate"


def test_the_plate_of_a_trailer_is_not_taken_for_the_lorrys() -> None:
    with pytest.raises(Refused) as refused:
        check_plate("湘B1234挂", "yellow")
    assert refused.value.code == "trailer"
    assert check_trailer("湘b1234挂") == "湘B1234挂"
    assert check_trailer("") == ""


def test_a_tractors_plate_is_not_taken_for_a_trailers() -> None:
    with pytest.raises(Refused):
        check_trailer("湘B12345")


def test_a_plate_that_can_be_blue_or_yellow_needs_its_colour() -> None:
    with pytest.raises(Refused) as refused:
        check_plate("湘B12345", "")
    assert refused.value.field == "plate_colour"


@given(st.sampled_from(PROVINCES), st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ"), st.integers(0, 99999))
def test_every_plate_of_digits_is_known(province: str, office: str, number: int) -> None:
    plate = f"{province}{office}{number:05}"
    assert check_plate(plate, "blue") == (plate, "blue")


@given(st.text(max_size=12))
def test_a_plain_plate_stays_as_it_is(typed: str) -> None:
    assert plain_plate(plain_plate(typed)) == plain_plate(typed)
