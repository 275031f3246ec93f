import json
from pathlib import Path

import pytest
from django.core.management import CommandError

from bihuan.config.planning import plan
from bihuan.config.planning.again import again, in_words
from bihuan.config.planning.files import plan_in, problem_in
from bihuan.engines.routing import Pair, Vehicle, check
from bihuan.engines.routing.jsonform import write_json
from bihuan.engines.routing.news import Change
from bihuan.engines.routing.timing import timed
from tests.engines.routing.small import line, stop

pytestmark = pytest.mark.once

QUICK = ["--iterations", "50", "--threads", "1"]
NEW = {"name": "new", "place": 3, "demand": [1], "skip_price": 9_000}


@pytest.fixture
def day(tmp_path: Path) -> list[str]:
    """One van carries a pair from s1 to s4, and one parcel; another has the second parcel."""
    made = [stop(1, demand=()), stop(2), stop(3), stop(4, demand=())]
    van = Vehicle(name="van", capacity=(4,), count=2, kind="van")
    problem = line(*made, vehicle=van, pairs=(Pair(pickup=0, delivery=3, amount=(1,)),))
    (tmp_path / "day.json").write_bytes(write_json(problem))
    told = timed(problem, {(0, 0): [[0, 1, 3]], (0, 1): [[2]]})
    (tmp_path / "plan.json").write_bytes(write_json(told))
    return [str(tmp_path / "day.json"), str(tmp_path / "plan.json"), *QUICK]


def written(tmp_path: Path, content: object) -> str:
    path = tmp_path / "added.json"
    path.write_text(json.dumps(content))
    return str(path)


def test_the_rest_of_a_day_is_written_and_can_be_planned_again(day, tmp_path, capsys):
    rest, out = tmp_path / "rest.json", tmp_path / "again.json"
    wanted = ["--rest", str(rest), "--out", str(out)]
    assert plan(["again", *day, "--now", "150", "--move-price", "9000", *wanted]) == 0
    said = capsys.readouterr().out
    assert "1 stops are past, 0 changes" in said
    assert "no rule is broken" in said
    problem = problem_in(rest)
    assert check(problem, plan_in(out, problem)) == []
    assert out.with_suffix(".svg").read_text().startswith("<svg")
    assert plan(["again", str(rest), str(out), *QUICK, "--now", "250"]) == 0
    assert "1 stops are past" in capsys.readouterr().out


def test_each_change_is_a_line_with_its_reason(day, tmp_path, capsys):
    added = written(tmp_path, {"stops": [NEW]})
    assert (
        again([*day, "--now", "150", "--cancelled", "s3", "s1", "--added", added, "--move-price", "9000"])
        == 0
    )
    said = capsys.readouterr().out.splitlines()
    assert said[:3] == [
        "s1: past: it was cancelled too late",
        "s3: cancelled: it was cancelled",
        "new: new (van 2): it is new",
    ]


def test_what_is_on_board_of_a_broken_vehicle_is_a_broken_promise(day, capsys):
    assert again([*day, "--now", "150", "--broken", "van:1"]) == 1
    said = capsys.readouterr().out
    assert "s4: left out (van 1 to nobody): it is on board a vehicle that is out of service" in said
    assert "broken: unserved: nobody comes to stop 's4'" in said


def test_a_new_pair_at_a_new_place_is_served(day, tmp_path, capsys):
    ends = [{"name": name, "place": place, "skip_price": 9_000} for name, place in (("from", 5), ("to", 4))]
    travel = {"type": "coordinates", "x": [0, 100, 200, 300, 400, 350], "y": [0] * 6}
    pairs = [{"pickup": 0, "delivery": 1, "amount": [1]}]
    added = written(tmp_path, {"stops": ends, "pairs": pairs, "travel": travel})
    assert again([*day, "--now", "150", "--added", added]) == 0
    assert "from: new (van 1): it is new\nto: new (van 1): it is new" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--cancelled", "s9"], "--cancelled: there is no stop 's9'"),
        (["--broken", "lorry"], "--broken: there is no vehicle 'lorry'"),
        (["--added", "none.json"], "none.json: .*No such file"),
        (["--out", "nowhere/again.json"], "nowhere/again.json: this can't be written"),
        (["--rest", "rest.vrp"], "rest.vrp: the rest of a day is written as .json"),
        (["--move-price", "-1"], "--move-price can't be below 0"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(day, tmp_path, words, said):
    with pytest.raises(CommandError, match=said):
        again([*day, "--now", "150", "--out", str(tmp_path / "again.json"), *words])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["day.json", "plan.json"]


def test_a_new_stop_that_is_wrong_is_told_with_its_file(day, tmp_path):
    added = written(tmp_path, {"stops": [{**NEW, "place": 9}]})
    with pytest.raises(CommandError, match=r"added\.json: stop 'new': there is no place 9"):
        again([*day, "--now", "150", "--added", added])


def test_a_plan_that_breaks_a_rule_is_no_beginning(day, tmp_path):
    (tmp_path / "plan.json").write_text('{"trips": [{"vehicle": 0, "stops": [1, 1]}]}')
    with pytest.raises(CommandError, match=r"plan\.json: once: stop 's2' is served 2 times"):
        again([*day, "--now", "150"])


def test_a_problem_that_is_wrong_is_told_with_its_file(day, tmp_path):
    (tmp_path / "day.json").write_bytes(write_json(line(vehicle=Vehicle(name="van", end=9))))
    with pytest.raises(CommandError, match=r"day\.json: vehicle 'van': there is no place"):
        again([*day, "--now", "150"])


def test_a_change_in_words_says_from_whom_to_whom():
    assert in_words(Change("s1", "moved", "van 1", "van 2", "it is nearer")) == (
        "s1: moved (van 1 to van 2): it is nearer"
    )
