"""The text of the code."""

from bihuan.kernel import clock
from bihuan.lines.passes.seal import keys, sealing
from bihuan.lines.passes.seal.reasons import Light
from bihuan.lines.passes.sealing import claims_of, text_of
from bihuan.lines.passes.states import Status
from tests.lines.passes.known import make_pass
from tests.spine.cases.known import World


def test_two_passes_have_different_texts(world: World) -> None:
    one, other = (make_pass(world, Status.ISSUED) for _ in range(2))
    assert text_of(one) != text_of(other)


def test_the_code_of_an_issued_pass_is_good_at_a_checkpoint(world: World) -> None:
    made = make_pass(world, Status.ISSUED)
    verdict = sealing.verify(text_of(made), keys.believed(), clock.now(), {})
    assert verdict.light is Light.PASS and verdict.claims
    assert (verdict.claims.number, verdict.claims.plate) == (made.number, made.plate)


def test_the_code_says_no_names_and_no_telephone(world: World) -> None:
    made = make_pass(world, Status.ISSUED)
    said = str(claims_of(made))
    assert made.receiver not in said and made.sender not in said and claims_of(made).crew == made.crew_count
