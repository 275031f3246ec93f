"""Is an entry fit to be kept?"""

import math

import pytest

from bihuan.spine.door.check import check_entry
from bihuan.spine.door.entry import LENGTHS, Entry, read_json
from bihuan.spine.door.needs import Needs, Question

pytestmark = pytest.mark.once
SERVICES = {
    "medicine": Needs(frozenset({"text", "place", "phone"}), {"drug": Question("string", is_required=True)}),
    "praise": Needs(),
}


def faults(**fields: object) -> list[tuple[str, str]]:
    entry = Entry(**{"client_id": "a", **fields})  # type: ignore[arg-type]
    return [(fault.field, fault.code) for fault in check_entry(entry, SERVICES)]


def test_an_entry_with_nothing_but_a_client_id_is_fit() -> None:
    assert faults() == []


@pytest.mark.parametrize("name", LENGTHS)
def test_a_text_is_kept_up_to_its_length_and_not_beyond(name: str) -> None:
    limit = LENGTHS[name]
    assert (name, "long") not in faults(**{name: "x" * limit})
    assert (name, "long") in faults(**{name: "x" * (limit + 1)})


@pytest.mark.parametrize("name", LENGTHS)
def test_a_nul_is_refused_wherever_it_stands(name: str) -> None:
    assert (name, "nul") in faults(**{name: "a\0b"})


def test_half_a_character_is_refused() -> None:
    assert faults(text="\ud800") == [("text", "surrogate")]


def test_answers_are_texts_too() -> None:
    assert ("answers.a", "nul") in faults(answers={"a": "\0", "b": ["x"]})
    assert ("answers.b", "long") in faults(answers={"b": ["x" * 2001]})


@pytest.mark.parametrize("name", ["client_id", "channel", "service", "language"])
def test_a_code_is_latin(name: str) -> None:
    assert (name, "code") in faults(**{name: "药 a"})


def test_a_client_id_may_not_be_empty() -> None:
    assert faults(client_id="") == [("client_id", "required")]


@pytest.mark.parametrize(
    ("lon", "lat", "field"),
    [
        (1.0, None, "lat"), (None, 1.0, "lon"), (181.0, 1.0, "lon"), (1.0, 91.0, "lat"), (1.0, -91.0, "lat"),
        (math.nan, 1.0, "lon"), (1.0, math.nan, "lat"), (math.inf, 1.0, "lon"),
    ],
)  # fmt: skip
def test_a_position_is_whole_and_on_the_globe(lon: float, lat: float, field: str) -> None:
    assert faults(lon=lon, lat=lat) == [(field, "position")]


def test_a_position_on_the_globe_is_fit() -> None:
    assert faults(lon=113.1, lat=27.8) == []


def test_an_unknown_service_is_named() -> None:
    assert faults(service="magic") == [("service", "service")]


def test_each_need_that_is_missing_is_named() -> None:
    missing = {field for field, code in faults(service="medicine", text="  ") if code == "required"}
    assert missing == {"text", "site", "phone", "answers.drug"}


@pytest.mark.parametrize("place", [{"site": "Gardens"}, {"lon": 113.1, "lat": 27.8}])
def test_a_site_or_a_position_is_a_place(place: dict[str, object]) -> None:
    assert faults(service="medicine", text="x", phone="19900001234", answers={"drug": "x"}, **place) == []


def test_answers_are_held_against_the_questions_of_the_service() -> None:
    assert faults(service="praise", answers={"drug": "x"}) == [("answers.drug", "question")]
    assert faults(answers={"drug": "x"}) == []


def test_a_sound_entry_is_still_checked_for_its_meaning() -> None:
    entry = read_json(b'{"client_id": "a", "lat": 95, "lon": 1, "service": "no such"}')
    assert {fault.field for fault in check_entry(entry, SERVICES)} == {"lat", "service"}
