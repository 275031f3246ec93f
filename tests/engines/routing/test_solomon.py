import pytest

from bihuan.engines.routing import Vehicle
from bihuan.engines.routing.solomon import read_solomon, write_solomon
from bihuan.engines.routing.vrplib import Unreadable
from tests.engines.routing.small import line

C101 = """C101

VEHICLE
NUMBER     CAPACITY
  25         200

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      40         50          0          0       1236          0
    1      45         68         10        912        967         90
    2      45         70         30        825        870         90
"""


def test_the_published_form_is_read_times_ten():
    problem = read_solomon(C101)
    assert (problem.name, problem.vehicles[0].count, problem.vehicles[0].capacity) == ("C101", 25, (200,))
    assert problem.stops[0].windows == ((9120, 9670),)
    assert problem.stops[1].service_s == 900


def test_what_is_written_is_read_as_it_was():
    problem = read_solomon(C101)
    assert read_solomon(write_solomon(problem)) == problem


@pytest.mark.parametrize("text", ["", "25 200\n", "25 200\n1 2 3\n", "1 2 3\n"])
def test_another_form_is_refused(text):
    with pytest.raises(Unreadable, match="seven whole numbers"):
        read_solomon(text)


def test_what_the_form_has_no_word_for_is_refused():
    with pytest.raises(Unreadable, match="one trip"):
        write_solomon(line(vehicle=Vehicle(name="van", capacity=(1,), trips=2)))
