"""The text of the code."""

from bihuan.lines.passes.sealing import text_of
from bihuan.lines.passes.states import Status
from tests.lines.passes.known import make_pass
from tests.spine.cases.known import World


def test_two_passes_have_different_texts(world: World) -> None:
    one, other = (make_pass(world, Status.ISSUED) for _ in range(2))
    assert text_of(one) != text_of(other)
