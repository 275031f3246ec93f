from pathlib import Path

import pytest
from django.core.management import CommandError

from bihuan.config.planning import plan
from bihuan.config.planning.routes import routes
from bihuan.engines.routing import Vehicle
from bihuan.engines.routing.jsonform import write_json
from tests.engines.routing.small import line, stop

pytestmark = pytest.mark.once


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "day.json"
    path.write_bytes(write_json(line()))
    return path


def test_a_file_becomes_a_plan_and_a_picture(file, capsys):
    out = file.with_name("plan.json")
    assert plan(["routes", str(file), "--iterations", "50", "--out", str(out)]) == 0
    assert "cost 800" in capsys.readouterr().out
    assert out.with_suffix(".svg").read_text().startswith("<svg")
    assert plan(["check", str(file), str(out)]) == 0


def test_a_plan_that_breaks_a_rule_is_said_to(file, capsys, tmp_path):
    file.write_bytes(write_json(line(stop(1, kinds=("boat",)))))
    assert routes([str(file), "--iterations", "5"]) == 1
    assert "broken: unserved: nobody comes to stop 's1'" in capsys.readouterr().out


def test_a_problem_that_is_wrong_is_refused_in_a_sentence(file):
    file.write_bytes(write_json(line(vehicle=Vehicle(name="van", start=77))))
    with pytest.raises(CommandError, match="there is no place 77"):
        routes([str(file), "--iterations", "5"])


def test_places_without_a_globe_have_no_geojson(file, tmp_path):
    with pytest.raises(CommandError, match="give lonlat"):
        routes([str(file), "--iterations", "5", "--geojson", str(tmp_path / "x.geojson")])
