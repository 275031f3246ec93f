"""The levels that a city begins with: the field's standard times by class, in minutes.

Dispatch within 1, 2 or 24 hours and an answer within 2 hours, a day, 7 days or 15 days, by how much is at stake
(the ladder of DB11/T 2021-2022); what is urgent has the answer of the class above it. A day of working hours is a
working day.
"""

from dataclasses import dataclass

from bihuan.spine.cases.models.services import Urgency
from bihuan.spine.cases.promises.calendars import ALWAYS, WORKING
from bihuan.spine.cases.states import Priority

HOUR = 60
DAY = 24 * HOUR
WORKDAY = 7 * HOUR


@dataclass(frozen=True)
class Times:
    """Minutes until each of the four promises, and the calendar that counts them."""

    dispatch_min: int
    accept_min: int
    reply_min: int
    resolve_min: int
    calendar: str = ALWAYS


LEVELS: dict[tuple[str, str], Times] = {
    (Urgency.LIFE, Priority.URGENT): Times(HOUR, 30, HOUR, 2 * HOUR),
    (Urgency.LIFE, Priority.NORMAL): Times(HOUR, HOUR, 2 * HOUR, DAY),
    (Urgency.SUPPLY, Priority.URGENT): Times(HOUR, HOUR, 2 * HOUR, 2 * HOUR),
    (Urgency.SUPPLY, Priority.NORMAL): Times(2 * HOUR, 2 * HOUR, 8 * HOUR, DAY),
    (Urgency.GENERAL, Priority.URGENT): Times(2 * HOUR, 2 * HOUR, 8 * HOUR, DAY),
    (Urgency.GENERAL, Priority.NORMAL): Times(DAY, DAY, 3 * DAY, 7 * DAY),
    (Urgency.PLANNED, Priority.URGENT): Times(WORKDAY, WORKDAY, 2 * WORKDAY, 7 * WORKDAY, WORKING),
    (Urgency.PLANNED, Priority.NORMAL): Times(WORKDAY, WORKDAY, 3 * WORKDAY, 15 * WORKDAY, WORKING),
}

# For a Case whose service nobody has chosen yet: it must not lie about without a clock.
UNSORTED = Times(2 * HOUR, 2 * HOUR, 8 * HOUR, DAY)
