"""A queue's conditions live in the address of its page."""

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from bihuan.spine.cases.queries import QueueFilter
from bihuan.spine.cases.states import Priority, Status

words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30).map(str.strip)
filters = st.builds(
    QueueFilter,
    status=st.sampled_from(["", *Status.values]),
    service=words,
    district=words,
    agency=words,
    priority=st.sampled_from(["", *Priority.values]),
    channel=words,
    late=st.booleans(),
    mine=st.booleans(),
    text=words,
)


@given(filters)
def test_what_was_written_into_the_address_is_read_back(said: QueueFilter) -> None:
    query = said.to_query()
    assert QueueFilter.parse(dict(parse_qsl(query, keep_blank_values=True))) == said


def test_no_condition_writes_no_query() -> None:
    assert QueueFilter().to_query() == ""


def test_unknown_codes_of_closed_lists_are_left_out() -> None:
    assert QueueFilter.parse({"status": "lost", "priority": "soon", "colour": "red"}) == QueueFilter()


def test_only_one_means_yes() -> None:
    assert QueueFilter.parse({"late": "1", "mine": "0"}) == QueueFilter(late=True)
