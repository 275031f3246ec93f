from bihuan.engines.routing.sisr.arrays import MINE, thread_of
from bihuan.engines.routing.sisr.layout import lay_out
from tests.engines.routing.small import line


def test_threads_share_the_plan_and_nothing_else():
    world = lay_out(line()).world
    one, two = thread_of(world, 0, 1), thread_of(world, 1, 2)
    assert one.node is two.node
    assert one.random[0] != two.random[0]
    one.lists[MINE, 0] = 3
    assert two.lists[MINE, 0] == 0
