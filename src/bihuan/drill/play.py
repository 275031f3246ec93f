"""``bihuan play``: plays a day in the city over HTTP, as askers and as staff, until the day is over.

The hours before now are played as fast as the city can take them, so that the desk is full at once; then
the day goes on by the city's clock, which in a new city runs through the early morning first.
"""

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from bihuan.drill.agenda import Agenda, Course
from bihuan.drill.city import City, make_city
from bihuan.drill.citytime import DAY_MIN, CityTime, read_clock
from bihuan.drill.client import Client
from bihuan.drill.day import POWER_ASKS, Ask, clock_text, plan_day
from bihuan.drill.looking_in import LookingIn
from bihuan.drill.player import RETRY_S, Next, Player
from bihuan.drill.posts import Posts
from bihuan.drill.suit_maker import SuitMaker
from bihuan.drill.telling import Story
from bihuan.drill.wire import Wire

HANDS = 4
TICK_S = 0.2


def play(arguments: Sequence[str] | None = None) -> int:
    """Play a day; return the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        accounts = json.loads(asked.accounts.read_text())
        wire = Wire(asked.url)
    except (OSError, ValueError) as error:
        print(f"play: {error}", file=sys.stderr)
        return 1
    city, clock = make_city(asked.city_seed), read_clock(asked.speed)
    story = Story(partial(print, flush=True))
    player = Player(Client(wire), Posts(accounts, city["agencies"]), story, city["sites"], city["districts"])
    now = clock.minute()
    span = (now - asked.before * 60, now + asked.hours * 60)
    agenda = Agenda(window(city, asked.seed, clock.day(), span, asked.power), now)
    story.tell(f"The day is played from {clock_text(now % DAY_MIN)}: {len(agenda)} asks.")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    rounds = LookingIn(player.client, player.posts, story, asked.seed)
    maker = SuitMaker(player.client, player.posts, story, clock.day(), span[1])

    def beside(minute: float) -> None:
        rounds.go(minute)
        maker.go(minute)

    try:
        run(agenda, player, clock, beside=beside)
    except KeyboardInterrupt:
        return 130
    story.tell(f"The day is over: {story.summary()}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bihuan play", description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="the city's address")
    parser.add_argument("--speed", type=float, default=60.0, help="city seconds in a second (default: 60)")
    parser.add_argument("--seed", type=int, default=1, help="which day")
    parser.add_argument("--city-seed", type=int, default=2022, help="the seed the city was loaded with")
    parser.add_argument("--accounts", type=Path, default=Path("var/demo-accounts.json"))
    parser.add_argument("--before", type=float, default=12.0, help="city hours to catch up with first")
    parser.add_argument("--hours", type=float, default=24.0, help="city hours to play after now")
    parser.add_argument("--power", type=int, default=POWER_ASKS, help="asks to the power desk a day")
    return parser


def window(
    city: City, seed: int, today: date, span: tuple[float, float], power_asks: int = POWER_ASKS
) -> Iterator[tuple[float, Ask]]:
    """Yield the asks between two minutes of the city's clock, which may lie in several days."""
    since, until = span
    for number in range(int(since // DAY_MIN), int(until // DAY_MIN) + 1):
        for ask in plan_day(city, seed, today + timedelta(days=number), power_asks):
            at_min = ask.at_min + number * DAY_MIN
            if since <= at_min <= until:
                yield at_min, ask


def run(
    agenda: Agenda,
    player: Player,
    clock: CityTime,
    sleep: Callable[[float], None] = time.sleep,
    beside: Callable[[float], None] = lambda minute: None,
) -> None:
    """Go through the agenda, a few hands at once, no course in two hands; returns when nothing is left.

    ``beside`` is told the minute again and again: what goes on by the clock, whatever is asked.
    """
    start, running = max(clock.minute(), clock.dashed()), dict[Future[Next], Course]()
    with ThreadPoolExecutor(HANDS, "hand") as hands, closing(player.client.wire):
        while agenda or running:
            while len(running) < HANDS and (course := agenda.take_due(clock.minute())):
                running[hands.submit(player.step, course, clock.minute())] = course
            beside(clock.minute())
            if not running:
                sleep(TICK_S)
            done, _ = wait(running, timeout=TICK_S, return_when=FIRST_COMPLETED)
            for future in done:
                _go_on(agenda, running.pop(future), future.result())
            if not player.story.is_live and _is_caught_up(agenda, start):
                player.story.go_live()


def _is_caught_up(agenda: Agenda, start: float) -> bool:
    return not agenda.planned or agenda.planned[0].at >= start


def _go_on(agenda: Agenda, course: Course, following: Next) -> None:
    if following is Next.PLANNED:
        agenda.plan(course)
    elif following is Next.SOON:
        agenda.delay(course, RETRY_S)
