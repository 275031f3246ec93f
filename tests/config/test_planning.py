import pytest

from bihuan.config.planning import KINDS, plan

pytestmark = pytest.mark.once


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_plan_explains_itself(kind, capsys):
    with pytest.raises(SystemExit) as ended:
        plan([kind, "--help"])
    assert ended.value.code == 0
    assert f"usage: bihuan plan {kind}" in capsys.readouterr().out


def test_an_unknown_kind_is_refused(capsys):
    with pytest.raises(SystemExit):
        plan(["dinner"])
    assert "invalid choice" in capsys.readouterr().err
