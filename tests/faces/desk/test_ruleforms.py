"""A rule as somebody fills it in."""

import pytest

from bihuan.faces.desk.ruleforms import RuleForm
from bihuan.spine.places.models import District, Site
from tests.spine.cases.known import World, make_rule


@pytest.mark.parametrize("typed", ["没电，停电、no power", "没电,停电;no power", "没电\n停电\n no power ，"])
def test_words_are_separated_by_any_comma(world: World, typed: str) -> None:
    form = RuleForm({"agency": world.grid.pk, "words": typed})
    assert form.is_valid(), form.errors
    assert form.said["words"] == ["没电", "停电", "no power"]


def test_what_a_rule_says_comes_back_unchanged(world: World) -> None:
    county = District.objects.create(code="1", name_zh="天元区", level="county")
    site = Site.objects.create(code="s1", name_zh="银杏", kind="compound", district=county, lon=113, lat=27)
    rule = make_rule(
        3,
        world.grid,
        service=world.service,
        district=county,
        site=site,
        words=["停电", "no power"],
        priority="urgent",
    )
    empty = RuleForm(rule=rule)
    again = RuleForm({name: empty[name].value() or "" for name in empty.fields}, rule=rule)
    assert again.is_valid(), again.errors
    for name in ("service", "district", "site", "words", "agency", "priority", "name_zh", "number"):
        assert again.said[name] == getattr(rule, name), name


def test_a_rule_needs_an_agency(world: World) -> None:
    assert RuleForm({"words": "x"}).errors.keys() == {"agency"}
