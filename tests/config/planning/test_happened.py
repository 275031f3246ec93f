from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError

from bihuan.config.planning.happened import added_in, broken_in, cancelled_in, with_places
from bihuan.engines.routing import Coordinates, LonLat, Matrix, Problem, Vehicle
from bihuan.engines.routing.news import Added
from tests.engines.routing.small import LINE, line

pytestmark = pytest.mark.once

FLEET = Problem(stops=(), vehicles=(Vehicle(name="a:b"), Vehicle(name="van", count=3)), travel=LINE)
LONGER = Coordinates(x=(*LINE.x, 500), y=(*LINE.y, 0))


def test_stops_are_known_by_name():
    assert cancelled_in(line(), ["s4", "s1"]) == {0, 3}


@pytest.mark.parametrize(("said", "key"), [("a:b", (0, 0)), ("a:b:1", (0, 0)), ("van:3", (1, 2))])
def test_vehicles_are_known_by_name_and_number(said, key):
    assert broken_in(FLEET, [said]) == {key}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("van", "there are 3 of 'van': say which one, as van:1"),
        ("van:4", "there are 3 of 'van', and no number '4' among them"),
        ("van:x", "no number 'x' among them"),
        ("lorry:1", "there is no vehicle 'lorry'"),
        ("lorry", "there is no vehicle 'lorry'"),
    ],
)
def test_a_vehicle_that_is_not_there_is_refused(said, why):
    with pytest.raises(CommandError, match=why):
        broken_in(FLEET, [said])


def test_a_field_that_is_wrong_is_named(tmp_path: Path):
    path = tmp_path / "added.json"
    path.write_text('{"stops": [{"name": "x", "plaice": 3}]}')
    with pytest.raises(CommandError, match=r"added.json: these are not new stops in Bihuan's JSON: .*plaice"):
        added_in(path)


def table(size: int) -> Matrix:
    cells = np.arange(size)[:, None] + np.arange(size)
    return Matrix(metres=cells, seconds=cells)


@pytest.mark.parametrize(
    ("short", "longer"),
    [
        (LINE, LONGER),
        (LonLat(lon=(1.0,), lat=(2.0,)), LonLat(lon=(1.0, 3.0), lat=(2.0, 4.0))),
        (table(2), table(3)),
    ],
)
def test_new_places_stand_behind_the_old_ones(short, longer):
    problem = Problem(stops=(), vehicles=(), travel=short)
    assert with_places(problem, Added(travel=longer), Path("x")).travel is longer
    assert with_places(problem, Added(), Path("x")) is problem


@pytest.mark.parametrize(
    "travel", [Coordinates(x=(9,) * 6, y=(0,) * 6), table(9), Coordinates(x=(0,), y=(0,))]
)
def test_places_that_have_changed_are_refused(travel):
    with pytest.raises(
        CommandError, match="x: travel must begin with the 5 places of the problem, unchanged"
    ):
        with_places(line(), Added(travel=travel), Path("x"))
