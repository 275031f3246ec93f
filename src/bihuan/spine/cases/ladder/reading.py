"""Where a Case stands on the ladder, for its page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from bihuan.spine.accounts.models import User
from bihuan.spine.cases.ladder.rungs import active
from bihuan.spine.cases.models import Case, Climb, JointCheck, Promised, Whom
from bihuan.spine.cases.promises.clocks import runs_of

MOST = 40


@dataclass(frozen=True)
class Reached:
    """A rung that was climbed: which, when, and who was told, in words."""

    at: datetime
    promise: str
    percent: int
    words: str


@dataclass(frozen=True)
class Next:
    """The rung that comes next if nothing happens."""

    at: datetime
    promise: str
    percent: int
    whom: str


def reached(case: Case) -> list[Reached]:
    """Return the rungs that a Case has climbed, oldest first."""
    climbs = list(Climb.objects.filter(case=case).order_by("id")[:MOST])
    people = User.objects.in_bulk({number for climb in climbs for number in climb.told})
    return [
        Reached(climb.at, str(Promised(climb.promise).label), climb.percent, _words(climb, people))
        for climb in climbs
    ]


def _words(climb: Climb, people: dict[int, User]) -> str:
    names = _(", ").join(str(people[number]) for number in climb.told if number in people)
    whom = str(Whom(climb.whom).label)
    if not climb.told:
        return whom if climb.whom == Whom.JOINT else _("nobody was on duty")
    if climb.meant == climb.whom:
        return _("%(whom)s: %(names)s") % {"whom": whom, "names": names}
    missing = str(Whom(climb.meant).label)
    return _("%(whom)s: %(names)s (not on duty: %(missing)s)") % {
        "whom": whom, "names": names, "missing": missing,
    }  # fmt: skip


def next_of(case: Case, now: datetime) -> Next | None:
    """Return the rung that a Case reaches next, if a clock of it runs."""
    rungs = active()
    coming = [
        Next(at, str(Promised(run.promise).label), rung.percent, str(Whom(rung.whom).label))
        for run in runs_of(case, now)
        if run.is_ticking
        for rung in rungs
        if (at := run.at_percent(rung.percent)) > now
    ]
    return min(coming, key=lambda one: one.at, default=None)


def decided(case: Case) -> JointCheck | None:
    """Return the newest decision of a joint check on a Case."""
    done = JointCheck.objects.filter(case=case, decided_for__isnull=False)
    return done.select_related("decided_for", "ended_by").order_by("-ended_at").first()
