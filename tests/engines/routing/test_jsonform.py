import json

import pytest
from hypothesis import given

from bihuan.engines.routing import baseline
from bihuan.engines.routing.jsonform import read_added, read_plan, read_problem, write_json
from bihuan.engines.routing.vrplib import Unreadable
from tests.engines.routing.problems_at_random import problems, tries
from tests.engines.routing.small import line


@tries(40)
@given(problems())
def test_problems_and_plans_come_back_as_they_were(problem):
    written = write_json(problem)
    assert write_json(read_problem(written)) == written
    plan = baseline(problem)
    assert read_plan(write_json(plan)) == plan


def test_the_form_is_what_a_person_would_write():
    text = """{"stops": [{"name": "a", "place": 1}], "vehicles": [{"name": "van"}],
               "travel": {"type": "lonlat", "lon": [113.1, 113.2], "lat": [27.8, 27.8]}}"""
    assert read_problem(text).stops[0].name == "a"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stops": [{"name": "a"}]}, r"missing required field `place` - at `\$.stops\[0\]`"),
        ({"colour": 1}, "unknown field `colour`"),
        ({"stops": 3}, "Expected `array`, got `int`"),
    ],
)
def test_a_wrong_field_is_named(change, said):
    with pytest.raises(Unreadable, match=said):
        read_problem(json.dumps(json.loads(write_json(line())) | change))


def test_a_wrong_plan_is_refused():
    with pytest.raises(Unreadable, match="not a plan"):
        read_plan("[]")


def test_new_stops_and_pairs_are_read_and_a_wrong_field_is_named():
    added = read_added('{"stops": [{"name": "a", "place": 1}], "pairs": [{"pickup": 0, "delivery": 1}]}')
    assert (added.stops[0].name, added.pairs[0].delivery, added.travel) == ("a", 1, None)
    with pytest.raises(Unreadable, match="these are not new stops"):
        read_added('{"stop": []}')
