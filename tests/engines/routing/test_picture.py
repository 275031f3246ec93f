from xml.etree import ElementTree

import numpy as np

from bihuan.engines.routing import Matrix, Plan, Problem, Vehicle, baseline
from bihuan.engines.routing.picture import picture
from tests.engines.routing.small import line, stop


def test_every_trip_is_a_line_and_every_stop_a_dot_named_safely():
    problem = line(stop(1, name="<a&b>"), stop(2), vehicle=Vehicle(name="van", capacity=(1,), trips=2))
    drawn = ElementTree.fromstring(picture(problem, baseline(problem)))
    kinds = [element.tag.rpartition("}")[2] for element in drawn]
    assert (kinds.count("polyline"), kinds.count("circle")) == (2, 2)
    assert "<a&b>" in "".join(drawn.itertext())


def test_tables_alone_give_a_picture_that_says_so():
    zero = np.zeros((1, 1), np.int64)
    problem = Problem(stops=(), vehicles=(), travel=Matrix(metres=zero, seconds=zero))
    assert "no positions" in picture(problem, Plan())
