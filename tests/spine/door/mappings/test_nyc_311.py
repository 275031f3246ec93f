"""New York's 311 file, row by row and as a whole."""

import pytest

from bihuan.lines.requests.catalogue import SERVICES
from bihuan.spine.door.importing import read_rows
from bihuan.spine.door.mappings.nyc_311 import DETAILS, KINDS, MAPPING

pytestmark = pytest.mark.once

SPECS = {spec.code: spec for spec in SERVICES}


def _row(**cells: str) -> dict[str, str]:
    blank = dict.fromkeys(
        (
            "Unique Key", "Created Date", "Complaint Type", "Descriptor", "Location Type", "Incident Address",
            "Street Name", "City", "Borough", "Open Data Channel Type", "Longitude", "Latitude",
        ),
        "",
    )  # fmt: skip
    return blank | {"Unique Key": "7"} | cells


def test_the_number_of_the_request_is_its_id() -> None:
    assert MAPPING.fields(_row())["client_id"] == "nyc-311-7"


def test_a_cold_flat_is_told_from_a_cold_house() -> None:
    house = _row(**{"Complaint Type": "HEAT/HOT WATER", "Descriptor": "ENTIRE BUILDING"})
    flat = house | {"Descriptor": "APARTMENT ONLY"}
    assert MAPPING.fields(house)["answers"] == {"extent": "building"}
    assert MAPPING.fields(flat)["answers"] == {"extent": "home"}


def test_what_we_have_no_service_for_comes_in_without_one() -> None:
    assert MAPPING.fields(_row(**{"Complaint Type": "Dead/Dying Tree"}))["service"] == ""


def test_the_street_stands_in_where_there_is_no_address() -> None:
    row = _row(**{"Street Name": "AVENUE I", "Borough": "BROOKLYN"})
    assert MAPPING.fields(row)["site"] == "AVENUE I, BROOKLYN"


def test_how_it_came_in_is_kept() -> None:
    assert MAPPING.fields(_row(**{"Open Data Channel Type": "PHONE"}))["channel"] == "telephone"
    assert MAPPING.fields(_row(**{"Open Data Channel Type": "UNKNOWN"}))["channel"] == "platform"


def test_a_missing_column_is_named() -> None:
    row = _row()
    del row["Descriptor"]
    with pytest.raises(KeyError, match="Descriptor"):
        MAPPING.fields(row)


@pytest.mark.parametrize(
    ("kind", "answers"), [*KINDS.values(), *((KINDS[k][0], a) for (k, _), a in DETAILS.items())]
)
def test_answers_are_choices_of_the_service(kind: str, answers: dict[str, str]) -> None:
    questions = {question.code: question for question in SPECS[kind].questions}
    for code, answer in answers.items():
        assert answer in {choice.key for choice in questions[code].choices}


@pytest.mark.parametrize(("kind", "answers"), KINDS.values())
def test_every_question_that_must_be_answered_is(kind: str, answers: dict[str, str]) -> None:
    assert {question.code for question in SPECS[kind].questions if question.required} <= set(answers)


def test_every_row_of_the_real_file_makes_sense(shared) -> None:
    entries = [MAPPING.fields(row) for _, row in read_rows(shared / "data/nyc-311/311.csv")]
    assert len({entry["client_id"] for entry in entries}) == len(entries) > 200
    assert sum(not entry["service"] for entry in entries) < len(entries) / 5
