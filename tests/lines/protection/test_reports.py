"""Lists in the order in which one walks."""

from bihuan.lines.protection import queries, reports
from tests.lines.protection.known import make_person
from tests.spine.cases.known import World


def test_a_round_goes_building_by_building(world: World) -> None:
    people = [make_person(world, name=f"吴{k}", phone="", building=b) for k, b in enumerate(("2", "1", "2"))]
    rows = [(row, {}) for row in queries.rows_of(people)]
    walked = reports.by_building(rows)
    assert [(building, len(found)) for _site, building, found in walked] == [("1", 1), ("2", 2)]


def test_figures_can_not_be_taken_for_a_formula(world: World) -> None:
    make_person(world)
    type(world.grid).objects.filter(pk=world.grid.pk).update(name_zh="=1+1", name_en="=1+1")
    assert "'=1+1" in reports.coverage_csv(world.sam)
