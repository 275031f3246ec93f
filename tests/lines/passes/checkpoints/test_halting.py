"""The list tells what changed, edition by edition, and is signed."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.lines.passes import holding
from bihuan.lines.passes.checkpoints import halting
from bihuan.lines.passes.models import HaltEdition, Pass
from bihuan.lines.passes.seal import halts, keys
from bihuan.lines.passes.seal.halts import Delta, Halted
from bihuan.lines.passes.seal.reasons import Reason
from bihuan.lines.passes.states import Status
from tests.lines.passes.known import make_pass
from tests.spine.cases.known import World


def since(edition: int) -> Delta:
    return halts.read(halting.list_since(edition), keys.believed())


def test_what_was_halted_is_told_with_its_reason(world: World) -> None:
    made = {make_pass(world, status).number: reason for status, reason in halting.REASONS.items()}
    make_pass(world, Status.ISSUED)
    assert {number: halted.reason for number, halted in since(0).changed.items()} == made


def test_only_what_changed_is_told(world: World) -> None:
    make_pass(world, Status.REVOKED)
    first = since(0)
    assert since(first.to).changed == {}
    late = make_pass(world, Status.SUSPENDED)
    assert since(first.to) == Delta(
        first.to, first.to + 1, since(0).at, {late.number or "": Halted(Reason.SUSPENDED)}
    )


def test_what_was_restored_counts_again_with_its_new_code_only(world: World) -> None:
    made = make_pass(world, Status.SUSPENDED)
    before = since(0).to
    Pass.objects.filter(pk=made.pk).update(status=Status.ISSUED, edition=2)
    told = since(before).changed[made.number or ""]
    assert (told.of(1), told.of(2)) == (Reason.REPLACED, None)


def test_a_code_refused_once_stays_refused_when_the_pass_is_halted_again(world: World) -> None:
    made = make_pass(world, Status.SUSPENDED)
    for status, edition in ((Status.ISSUED, 2), (Status.SUSPENDED, 2), (Status.ISSUED, 3)):
        since(0)
        Pass.objects.filter(pk=made.pk).update(status=status, edition=edition)
    assert since(0).changed[made.number or ""] == Halted(None, 3)


def test_a_device_that_claims_a_later_edition_is_given_the_whole(world: World) -> None:
    made = make_pass(world, Status.REVOKED)
    delta = since(99)
    assert delta.since == 0 and made.number in delta.changed


def test_what_has_run_out_need_not_be_told(world: World) -> None:
    make_pass(world, Status.REVOKED, valid_until=clock.now() + timedelta(seconds=1))
    later = clock.now() + timedelta(minutes=1)
    with clock.running(lambda: later):
        assert since(0).changed == {}


def test_two_at_once_make_one_edition(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    make_pass(world, Status.REVOKED)
    plain = halting._changes

    def slow() -> object:
        changed = plain()
        monkeypatch.setattr(halting, "_changes", plain)
        halting.refresh()
        return changed

    monkeypatch.setattr(halting, "_changes", slow)
    assert halting.refresh() == HaltEdition.objects.get().edition == 1


def test_a_code_that_was_copied_stays_refused_though_nobody_asked_between_suspending_and_restoring(
    world: World,
) -> None:
    made = make_pass(world, Status.ISSUED)
    suspended = holding.suspend(pass_=made, reason="cloned", by=world.sam)
    holding.restore(pass_=suspended, by=world.sam)
    assert since(0).changed[made.number or ""] == Halted(None, 2)
