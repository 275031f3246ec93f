from pathlib import Path

import pytest
from django.core.management import CommandError

from bihuan.config.planning.checking import check
from bihuan.engines.routing import Vehicle
from bihuan.engines.routing.jsonform import write_json
from tests.engines.routing.small import line

pytestmark = pytest.mark.once


def test_every_broken_rule_is_listed(tmp_path: Path, capsys):
    problem, plan = tmp_path / "day.json", tmp_path / "plan.sol"
    problem.write_bytes(write_json(line()))
    plan.write_text("Route #1: 1 2\nCost 0\n")
    assert check([str(problem), str(plan)]) == 1
    assert "nobody comes to stop 's4'" in capsys.readouterr().out


def test_a_wrong_problem_is_told_before_its_plan(tmp_path: Path):
    problem = tmp_path / "day.json"
    problem.write_bytes(write_json(line(vehicle=Vehicle(name="van", end=9))))
    with pytest.raises(CommandError, match="there is no place"):
        check([str(problem), "plan.json"])
