from bihuan.engines.routing import Stop, Vehicle
from bihuan.engines.routing.problem import REQUIRED, amount, dimensions, may_serve, skip_price
from tests.engines.routing.small import line, stop


def test_loads_have_as_many_dimensions_as_anything_says():
    assert dimensions(line()) == 1
    assert dimensions(line(stop(1, demand=(1, 2, 3)))) == 3
    assert (amount((4,), 0), amount((4,), 1)) == (4, 0)


def test_kinds_are_asked_only_where_they_are_said():
    van = Vehicle(name="v", kind="van")
    assert may_serve(van, stop(1))
    assert not may_serve(van, stop(1, kinds=("boat",)))


def test_what_must_be_served_is_dearer_than_any_price():
    assert skip_price(Stop(name="a", place=0)) == REQUIRED
    assert skip_price(Stop(name="a", place=0, skip_price=3, priority=2)) == 12
