from pathlib import Path

import pytest
from django.core.management import CommandError

from bihuan.config.planning import plan
from bihuan.config.planning.match import match

pytestmark = pytest.mark.once

OFFERS = """name,kind,quantity,lon,lat,expires_on,pack
Market,rice,40,113.10,27.80,,
Depot,rice,30,113.30,27.80,2026-11-28,10
"""
NEEDS = """name,kind,quantity,lon,lat
School,rice,50,113.10,27.80
Clinic,rice,50,113.11,27.80
"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, text in (("offers.csv", OFFERS), ("needs.csv", NEEDS)):
        (tmp_path / name).write_text(text)
    return [str(tmp_path / "offers.csv"), str(tmp_path / "needs.csv"), "--today", "2026-11-27"]


def test_two_tables_become_a_plan_a_picture_and_figures(files, tmp_path, capsys):
    out = tmp_path / "plan.csv"
    assert plan(["match", *files, "--out", str(out)]) == 0
    rows = [line.split(",") for line in out.read_text().splitlines()[1:]]
    assert sum(int(units) for _, _, units in rows) == 70
    assert out.with_suffix(".svg").read_text().startswith("<svg")
    said = capsys.readouterr().out
    assert "served                           70.0%" in said and "no rule is broken" in said


def test_what_has_expired_is_not_brought(files, tmp_path):
    out = tmp_path / "plan.csv"
    assert match([*files[:2], "--today", "2026-11-29", "--out", str(out)]) == 0
    assert "Depot" not in out.read_text()


def test_faults_are_told_by_file_and_line_and_stop_the_plan(files, tmp_path):
    (tmp_path / "needs.csv").write_text(NEEDS + "Shop,rice,x,113.1,27.8\n")
    with pytest.raises(CommandError, match=r"needs\.csv line 4, quantity: 'x' is no whole number"):
        match(files)


def test_on_request_the_plan_goes_on_without_the_faulty_rows(files, tmp_path, capsys):
    (tmp_path / "needs.csv").write_text(NEEDS + "Shop,rice,x,113.1,27.8\n")
    assert match([*files, "--skip-faults"]) == 1
    assert "left out: " in capsys.readouterr().out


def test_the_worst_off_can_come_first(files, capsys):
    assert match([*files, "--worst-off-first"]) == 0
    assert "lowest coverage" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_said_to_be(files):
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        match(["nowhere.csv", *files[1:]])


def test_too_many_tiers_are_refused_in_a_sentence(files):
    with pytest.raises(CommandError, match="tiers"):
        match([*files, "--tiers", "0"])
