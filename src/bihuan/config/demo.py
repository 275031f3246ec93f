"""``bihuan demo``: a city, its servers and a day that plays in it, until Ctrl-C."""

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from datetime import time as time_of_day
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from django.db.models import Max
from django.utils.timezone import get_default_timezone

from bihuan.config import ready
from bihuan.config.processes import Child, Household, household
from bihuan.config.serve import ONE_PORT, PORT, address, server, worker
from bihuan.kernel import clock

SPEED = 10.0  # an hour in six minutes: lively, and slow enough to take part
DAWN, MORNING = time_of_day(5, 30), time_of_day(8, 30)  # a new city's hours before anybody looks
DASH_S = 45.0  # in so many real seconds they pass, with all that is asked, done, and late
NIGHT_H, HALF_A_DAY_H = 6.0, 12.0  # hours before its dawn, and at most, whose asks a city catches up with
UP_WITHIN_S = 90.0
SHOWN_ROLES = ("operator", "officer", "supervisor", "commander", "auditor", "administrator")


def demo(arguments: Sequence[str]) -> int:
    """Make the city where there is none, start everything, and stay until told to stop."""
    asked = _parser().parse_args(arguments)
    if asked.speed <= 0:
        raise CommandError("--speed takes a number above 0: 60 plays an hour in a minute.")
    ready.check_port("127.0.0.1", asked.port)
    if asked.fresh:
        remove_city()
    # What a new city is built of is there before its day begins.
    with clock.running(dawn):
        ready.check_all()
    url = address("127.0.0.1", asked.port)
    os.environ |= {"BIHUAN_SITE_URL": url, "BIHUAN_DOOR_URL": url}
    os.environ[clock.VARIABLE] = str(clock_of_the_day(asked.speed))
    return _run(asked, url)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bihuan demo", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument(
        "--speed", type=float, default=SPEED, help="city seconds in a second (default: %(default)g)"
    )
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--fresh", action="store_true", help="begin with a new city")
    return parser


def _run(asked: argparse.Namespace, url: str) -> int:
    with household() as home:
        home.start(server(ONE_PORT, "127.0.0.1", asked.port))
        home.start(worker())
        code = home.watch(when_up(home, url, lambda: _open_the_city(home, asked, url)))
    print("\nThe city rests. Its data stays in", settings.BIHUAN_VAR)
    return code


def when_up(home: Household, url: str, then: Callable[[], None]) -> Callable[[], None]:
    """Return what to do each tick: look at ``/healthz`` until all is up, then do ``then`` once."""
    until = time.monotonic() + UP_WITHIN_S
    is_open = False

    def look() -> None:
        nonlocal is_open
        if is_open:
            return
        said = health(url)
        if said == "up":
            is_open = True
            then()
        elif time.monotonic() > until:
            raise CommandError(f"Not everything came up within {UP_WITHIN_S:.0f} s: {said}")

    return look


def health(url: str) -> str:
    """Return ``up``, or what ``/healthz`` says is missing."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2):  # noqa: S310  # our own address
            return "up"
    except urllib.error.HTTPError as error:
        return error.read().decode(errors="replace")[:300]
    except OSError as error:
        return f"no answer yet ({error})"


def _open_the_city(home: Household, asked: argparse.Namespace, url: str) -> None:
    print(welcome(url, _accounts()), flush=True)
    home.start(player(url, asked.speed, hours_back()))
    has_screen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    # Without a screen `webbrowser` may start a browser in this very terminal.
    if has_screen and not asked.no_browser:
        webbrowser.open(url)


def _accounts_file() -> Path:
    return Path(settings.BIHUAN_VAR) / "demo-accounts.json"


def _accounts() -> list[dict[str, str]]:
    try:
        accounts: list[dict[str, str]] = json.loads(_accounts_file().read_text())
    except FileNotFoundError:
        return []
    return accounts


def welcome(url: str, accounts: Sequence[dict[str, str]]) -> str:
    """Return what is printed when the city is open: addresses, and one account of each role."""
    first = {account["role"]: account for account in reversed(accounts)}
    lines = ["", f"  The city is open:  {url}/", f"  The desk:          {url}/desk/", ""]
    lines += [
        f"    {role:<14} {first[role]['username']:<14} {first[role]['password']}"
        for role in SHOWN_ROLES
        if role in first
    ]
    return "\n".join([*lines, "", "  Everyone and everything in it is invented. Ctrl-C ends it."])


def player(url: str, speed: float, before_h: float) -> Child:
    """Return the drill that plays a day as a child; it may come to its end."""
    command = [sys.executable, "-m", "bihuan.config.cli", "play", "--url", url, "--speed", str(speed)]
    command += ["--accounts", str(_accounts_file()), "--before", f"{before_h:.2f}"]
    return Child("drill", command, may_end=True)


def clock_of_the_day(speed: float) -> clock.FastClock:
    """Return the city's clock: a new city's soon shows the morning; another's goes on from where it stood."""
    if not is_new():
        return clock.FastClock(start=_last_known(), since=clock.now(), speed=speed)
    start = max(dawn(), _last_known())
    until = start.astimezone(get_default_timezone()).replace(hour=MORNING.hour, minute=MORNING.minute)
    dash = max(speed, (until - start).total_seconds() / DASH_S)
    return clock.FastClock(start=start, since=clock.now(), speed=speed, dash=dash, dash_s=DASH_S)


def dawn() -> datetime:
    """Return today's dawn in the city, whatever the hour is outside."""
    today = datetime.now(get_default_timezone()).date()
    return datetime.combine(today, DAWN, get_default_timezone()).astimezone(UTC)


def is_new() -> bool:
    """Say whether nothing was ever asked in the city."""
    from bihuan.spine.door.models import Submission

    return not Submission.objects.exists()


def hours_back() -> float:
    """Return how far back asks are played: to the night before the city began, and no more than half a day."""
    from bihuan.spine.audit.models import Event

    first = Event.objects.order_by("id").values_list("at", flat=True).first()
    ran = _last_known() - (first or _last_known())
    return min(HALF_A_DAY_H, NIGHT_H + ran.total_seconds() / 3600)


def _last_known() -> datetime:
    from bihuan.spine.audit.models import Event

    # The latest, not the last: an import between two days of play goes by the machine's own clock.
    latest: datetime | None = Event.objects.aggregate(latest=Max("at"))["latest"]
    return latest or dawn()


def remove_city() -> None:
    """Remove the demonstration's database; the keys stay."""
    if connection.vendor != "sqlite":
        raise CommandError("--fresh removes SQLite files only; give BIHUAN_DATABASE_URL an empty database.")
    remove_database(Path(str(settings.DATABASES["default"]["NAME"])))
    _accounts_file().unlink(missing_ok=True)


def remove_database(path: Path) -> None:
    """Remove an SQLite file and the files beside it that belong to it."""
    for each in (path, *path.parent.glob(f"{path.name}-*")):
        each.unlink(missing_ok=True)
