"""A problem and a plan as arrays that numba's functions can walk.

Stops are nodes 1 to n. Above n come the depots (start and end of each kind of vehicle) and the places of
decontamination. A route is one trip of one vehicle; the trips of a vehicle are neighbours in the list of routes, and
may be empty.

There are few arrays with many columns rather than many arrays, because every function is handed all of them: what is
touched together lies together, and calls stay cheap.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Longs = NDArray[np.int64]
Words = NDArray[np.int32]

ROUTE, BEFORE_IT, AFTER_IT, WAY_IN, WAY_ON, OUT_AT, X, Y = range(8)
"""Columns of ``node``: route of a stop (-1: left out), its neighbours, the metres from and to them, its place in the
list of those left out, where it is. One row is half a line of the processor's cache."""
EARLY, LATE, SERVICE, RELEASE, PRICE, MOVE, HOME, MAY, PLACE, ZONE, WINDOWS = range(11)
"""Columns of ``stop``: when work begins at the earliest, the latest arrival that makes nobody late, seconds of work,
release, price of leaving out, price of another vehicle than home, home (-1: none), kinds that may come as bits, row of
the tables, sealed zone (-1: none), then opening and closing of each window, then the load in each dimension."""
FIRST, LAST, SIZE, KIND, SLOT, SLOTS, READY, DUE, DEPART, AT, RUINED = range(11)
"""Columns of ``route``: first and last stop, how many, number of the vehicle's kind, first route of the same vehicle,
how many it has, earliest departure, latest return, departure with loads released, place in the list of empty routes,
step in which a string was last taken."""
ROUTE_WIDTH = 16
"""Of a row of ``route``: two lines of the cache, so that threads with neighbouring routes do not share one."""
OWN, LEFT = range(2)
"""Columns of ``space``: the thread that may change the route, then the room left in each dimension. The last row is no
route's, nobody's and has no room: a stop left out, whose route is -1, is so never a place to go to."""
START, END, FROM_S, UNTIL_S, PER_M, PER_S, USE, RELOAD, BIT, ROOM = range(10)
"""Columns of ``kind``: depots, shift, costs, reload, which bit of ``MAY`` it is, then the room in each dimension."""
CLEANER, CLEANING_S = range(2)
"""Columns of ``zone``: node of decontamination (-1: no way out) and its seconds."""
MINE, OUT, EMPTY = range(3)
"""Rows of ``lists``: a thread's stops, its stops left out, then its empty routes of each kind."""
GONE, GONE_AFTER, GONE_FROM, TO_PUT, KEY, DONE, BESIDE = range(7)
"""Rows of ``note``: stops taken out, behind whom and from where; stops to put in and their order; stops put in;
which of the nearest have room."""
REMOVED, PUT, OUTS, STAMP, BLINK, MINES, EMPTIES = range(7)
"""Places in ``tally``; from the last one on, the number of empty routes of each kind."""

NEVER = 4 * 10**9
ABSENT = -1
MUST = 10**11
"""What leaving out a stop that must be served costs the search; 30,000 of them still fit into 64 bits."""
BUFFER = 512
APART = 16
"""So many numbers more keep what two threads write often from lying in one line of the cache, where they would wait for
each other: without them a search on two threads was at times no faster than on one."""


class World(NamedTuple):
    """Everything that a thread sees; threads share most arrays and write only to what is their own."""

    node: Words
    stop: Longs
    near: Words  # (stops + 1, neighbours, 2): the nearest stops, nearest first, and the metres to them
    route: Longs
    space: Longs
    kind: Longs
    zone: Longs
    table: Words  # (2, places, places): metres and seconds
    lists: Longs
    note: Longs
    tally: Longs
    random: NDArray[np.uint64]
    me: int
    stops: int
    kinds: int
    nears: int
    width: int  # dimensions of loads
    spans: int  # windows of a stop, at most
    loads: int  # column of ``stop`` where loads begin
    half: float  # added before metres are cut to whole numbers
    speed: int  # metres in 1,000 s
    is_odd: bool  # tables or sealed zones: distances are not those of a plane
    is_table: bool
    is_plain: bool  # cost is metres for every vehicle
    is_timed: bool
    is_chained: bool  # several trips or releases: times of one trip depend on another


def thread_of(world: World, me: int, seed: int) -> World:
    """Return the same world with lists, notes and randomness of another thread."""
    return world._replace(
        me=me,
        lists=np.zeros_like(world.lists),
        space=world.space.copy(),
        note=np.zeros_like(world.note),
        tally=np.zeros_like(world.tally),
        random=np.array([seed * 2654435761 % 2**63 + 88172645463325252] + [0] * APART, np.uint64),
    )
