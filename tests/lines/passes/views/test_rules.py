"""The page of the rules."""

from bihuan.lines.passes.models import Desk
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World


def test_a_supervisor_sets_the_rules_of_a_class_of_goods(world: World, desk: Desk, sign_in: SignIn) -> None:
    sam = sign_in(world.sam)
    assert "/passes/rules/medical/" in sam.get("/passes/rules/").content.decode()
    said = {"agency": world.grid.pk, "promise_min": 60, "longest_h": 12, "stay_h": 6, "daily_quota": 9}
    assert sam.post("/passes/rules/medical/", said).status_code == 302
    desk.refresh_from_db()
    assert (desk.promise_min, desk.daily_quota) == (60, 9)


def test_rules_that_can_not_be_come_back(world: World, desk: Desk, sign_in: SignIn) -> None:
    said = {"agency": world.grid.pk, "promise_min": 0, "longest_h": 12, "stay_h": 6}
    assert sign_in(world.sam).post("/passes/rules/medical/", said).status_code == 422


def test_an_officer_reads_them_and_sets_none(world: World, desk: Desk, sign_in: SignIn) -> None:
    ben = sign_in(world.ben)
    assert "/passes/rules/medical/" not in ben.get("/passes/rules/").content.decode()
    assert ben.get("/passes/rules/medical/").status_code == 403


def test_what_is_no_class_of_goods_is_not_there(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.sam).get("/passes/rules/gold/").status_code == 404
