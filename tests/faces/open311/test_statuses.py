"""Extended statuses."""

from bihuan.faces.open311.statuses import OF_STATUS, Extended
from bihuan.spine.cases.states import OPEN, Status


def test_every_state_of_a_case_has_its_extended_status() -> None:
    assert set(OF_STATUS) == set(Status)


def test_what_is_over_is_never_said_of_an_open_case() -> None:
    over = {Extended.CLOSED, Extended.NO_FURTHER_ACTION, Extended.CANCELLED, Extended.DUPLICATE}
    assert not over & {OF_STATUS[status] for status in OPEN}
