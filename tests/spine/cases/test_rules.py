"""Finding the owner by ordered rules."""

import pytest

from bihuan.spine.cases.models import Service
from bihuan.spine.cases.rules import Decision, Rulebook, pattern_of
from bihuan.spine.cases.states import Priority
from bihuan.spine.places.atlas import Found
from bihuan.spine.places.models import District, Site
from tests.spine.cases.known import World, make_service
from tests.spine.cases.known import make_rule as rule

TIANYUAN = Found(district_id=1, street_id=11, site_id=111)


@pytest.fixture
def tianyuan(db: None) -> Found:
    """A place in a street of a district, at a site."""
    county = District.objects.create(code="430211", name_zh="天元区", level="county")
    street = District.objects.create(code="430211001", name_zh="嵩山路街道", level="street", parent=county)
    site = Site.objects.create(
        code="s1", name_zh="幸福小区", kind="compound", district=county, street=street, lon=113.1, lat=27.8
    )
    return Found(district_id=county.pk, street_id=street.pk, site_id=site.pk)


def decide(service: Service | None, place: Found = TIANYUAN, text: str = "") -> Decision:
    return Rulebook.load().decide(service, place, text)


def test_the_first_rule_that_fits_decides(world: World) -> None:
    rule(2, world.water, service=world.service)
    rule(1, world.grid, service=world.service)
    assert decide(world.service).agency == world.grid


def test_a_decision_says_which_rule_made_it_in_both_languages(world: World) -> None:
    rule(7, world.grid, name_zh="天元区停电归供电所", name_en="power failure in Tianyuan goes to its branch")
    decision = decide(world.service)
    assert decision.reason_en == "rule 7: power failure in Tianyuan goes to its branch"
    assert (decision.reason_zh, decision.rule_number) == ("规则 7：天元区停电归供电所", 7)


def test_a_rule_for_another_service_is_passed_over(world: World) -> None:
    rule(1, world.water, service=make_service("water"))
    rule(2, world.grid)
    assert decide(world.service).agency == world.grid


@pytest.mark.parametrize("condition", ["district", "street", "site"])
def test_a_rule_for_a_place_fits_there_and_nowhere_else(
    world: World, tianyuan: Found, condition: str
) -> None:
    name = "site" if condition == "site" else "district"
    rule(1, world.grid, **{f"{name}_id": getattr(tianyuan, f"{condition}_id")})
    assert decide(None, tianyuan).agency == world.grid
    assert decide(None, Found()).agency is None


def test_a_rule_with_words_fits_when_one_of_them_is_written(world: World) -> None:
    rule(1, world.grid, words=["制氧机", "ventilator"])
    assert decide(None, text="家里有制氧机").agency == world.grid
    assert decide(None, text="停电了").agency is None


def test_all_conditions_of_a_rule_must_hold(world: World, tianyuan: Found) -> None:
    rule(1, world.grid, service=world.service, district_id=tianyuan.district_id, words=["oxygen"])
    assert decide(world.service, tianyuan, "on Oxygen at home").agency == world.grid
    assert decide(world.service, tianyuan, "no light").agency is None


@pytest.mark.parametrize("closed", ["rule", "agency"])
def test_what_was_switched_off_decides_nothing(world: World, closed: str) -> None:
    made = rule(1, world.grid)
    (made if closed == "rule" else world.grid).is_active = False
    (made if closed == "rule" else world.grid).save()
    assert decide(world.service).agency is None


def test_after_the_last_rule_a_service_goes_to_its_own_agency(world: World) -> None:
    own = make_service("water", agency=world.water)
    decision = decide(own)
    assert (decision.agency, decision.rule_number) == (world.water, None)
    assert "Water works" in decision.reason_en
    assert "自来水公司" in decision.reason_zh


def test_what_no_rule_catches_has_no_owner_and_says_so(world: World) -> None:
    decision = decide(None)
    assert (decision.agency, decision.reason_en) == (None, "no rule says which agency this belongs to")


def test_priority_is_the_services_then_the_rules_then_that_of_dangerous_words(world: World) -> None:
    calm = make_service("noise", danger_words=["持刀"])
    assert decide(calm).priority == Priority.NORMAL
    assert decide(calm, text="有人持刀").priority == Priority.URGENT
    rule(1, world.grid, service=calm, priority=Priority.URGENT)
    assert decide(calm).priority == Priority.URGENT
    assert decide(make_service("birth", priority=Priority.URGENT)).priority == Priority.URGENT


def test_words_that_mean_danger_for_any_service_count_where_none_was_chosen(world: World) -> None:
    make_service("gas", danger_words=["gas smell"])
    assert decide(None, text="there is a GAS SMELL in the stairs").priority == Priority.URGENT


@pytest.mark.parametrize(
    ("word", "text", "is_found"),
    [
        ("fire", "Fire!", True),
        ("fire", "we need firewood", False),
        ("fire", "a misfire", False),
        ("着火", "楼下着火了", True),
        ("C++", "i like c++ a lot", True),
        ("a.c", "abc", False),
    ],
)
def test_latin_words_are_found_whole_and_chinese_ones_anywhere(word: str, text: str, is_found: bool) -> None:
    assert bool(pattern_of((word,)).search(text)) is is_found


def test_no_words_at_all_are_found_nowhere() -> None:
    assert pattern_of(()).search("anything") is None
