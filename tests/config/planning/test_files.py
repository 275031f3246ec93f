from pathlib import Path

import pytest
from django.core.management import CommandError

from bihuan.config.planning import files
from bihuan.engines.routing import baseline
from bihuan.engines.routing.solomon import write_solomon
from bihuan.engines.routing.vrplib import write_vrplib
from tests.engines.routing.small import line
from tests.engines.routing.test_solomon import C101

pytestmark = pytest.mark.once


def test_the_name_of_a_file_says_its_form(tmp_path: Path):
    solomon, vrplib = tmp_path / "a.txt", tmp_path / "a.vrp"
    solomon.write_text(C101)
    vrplib.write_text(write_vrplib(line()))
    assert write_solomon(files.problem_in(solomon))
    assert len(files.problem_in(vrplib).stops) == 4


@pytest.mark.parametrize("name", ["plan.sol", "plan.json"])
def test_plans_come_back_from_files(tmp_path: Path, name):
    plan = baseline(line())
    files.write_plan(tmp_path / name, line(), plan)
    assert files.plan_in(tmp_path / name, line()) == plan


def test_a_file_that_is_none_is_told_in_a_sentence(tmp_path: Path):
    with pytest.raises(CommandError, match="No such file"):
        files.problem_in(tmp_path / "none.json")
    with pytest.raises(CommandError, match="No such file"):
        files.plan_in(tmp_path / "none.sol", line())


def test_the_bar_is_drawn_only_for_whoever_watches(capsys, monkeypatch):
    bar = files.Bar()
    bar(0.5, 12)
    assert capsys.readouterr().err == ""
    bar.is_watched = True
    bar(0.5, 12345)
    bar.end()
    assert "50%" in (said := capsys.readouterr().err)
    assert "cost 12,345" in said
