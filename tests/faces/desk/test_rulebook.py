"""What the pages of the rules show beside each rule."""

from bihuan.faces.desk.rulebook import lines, of_draft
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.cases.sorting import editions, trials
from tests.spine.cases.known import World, make_rule, make_user


def test_a_hidden_rule_names_what_hides_it(world: World) -> None:
    first, second = make_rule(1, world.grid), make_rule(2, world.water)
    shown = lines([first, second])
    assert shown[0].hidden is None
    assert shown[1].hidden is not None
    assert shown[1].hidden.behind == first
    assert (shown[0].is_first, shown[1].is_last) == (True, True)


def test_a_trial_of_an_older_wording_counts_for_nothing(world: World) -> None:
    make_rule(1, world.grid)
    ada = make_user("ada", write_roles()["administrator"], None)
    draft = editions.begin_draft(by=ada)
    trials.start_trial(edition=draft, by=ada)
    assert of_draft(draft, ada)["may_switch"]
    draft.revision += 1
    shown = of_draft(draft, ada)
    assert shown["view"].is_stale
    assert not shown["may_switch"]
