"""A folded Case in words."""

from django.utils import translation

from bihuan.spine.cases.afteraction.columns import spelled
from bihuan.spine.cases.afteraction.folding import Folded
from bihuan.spine.cases.afteraction.words import Names


def said(**columns: object) -> dict[str, str]:
    with translation.override("en"):
        return dict(spelled(Folded(1, columns), Names(agencies={7: "Grid"}, services={})))


def test_columns_that_hold_nothing_are_left_out_but_not_a_zero() -> None:
    assert said(outcome="", due_at=None, returned_count=0) == {"Times returned": "0"}


def test_numbers_have_names_and_a_name_that_is_gone_leaves_the_number() -> None:
    assert said(agency_id=7, service_id=9) == {"Service": "9", "Agency": "Grid"}


def test_codes_are_words_and_instants_local_time() -> None:
    told = said(status="waiting", opened_at="2031-02-03T04:05:06+00:00")
    assert told["State"] != "waiting"
    assert told["Opened"] == "2031-02-03 12:05:06"


def test_a_column_that_has_no_word_is_not_told() -> None:
    assert said(cell="8831") == {}
