"""What a service promises, in words that people use: half an hour, two hours, fifteen working days."""

from dataclasses import dataclass

from bihuan.kernel import clock
from bihuan.spine.cases.models import Service
from bihuan.spine.cases.promises import levels
from bihuan.spine.cases.promises.calendars import day_minutes
from bihuan.spine.cases.promises.spans import in_words


@dataclass(frozen=True)
class Promised:
    accept: str
    resolve: str


def promised(service: Service) -> Promised | None:
    """Return within what time an office answers and the work is done, or None where nothing is promised.

    That is what an ask made now would be promised, outside any zone.
    """
    level = levels.book().find(service.pk, service.urgency, service.priority, "", clock.now())
    if level is None:
        return None
    day = day_minutes(level.calendar)
    return Promised(in_words(level.accept_min, day), in_words(level.resolve_min, day))
