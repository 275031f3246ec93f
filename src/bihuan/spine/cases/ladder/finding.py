"""Whom a rung tells: only people who are on duty at that moment, and who is next where there is nobody."""

from dataclasses import dataclass
from datetime import datetime

from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.cases.models import Case, Whom
from bihuan.spine.cases.rights import is_visible
from bihuan.spine.resources.models import Duty
from bihuan.spine.resources.queries import is_on_duty, on_duty, running

# Who is asked next where nobody of a kind is on duty. The joint check is no person: it ends the search.
UP = (Whom.OWNER, Whom.DUTY, Whom.SUPERVISOR)
DUTIES = {Whom.DUTY: Duty.OFFICER, Whom.SUPERVISOR: Duty.SUPERVISOR}


@dataclass(frozen=True)
class Found:
    """Who is told, and as what; nobody where nobody was on duty up to the top."""

    whom: str
    people: tuple[User, ...]


class DutyBook:
    """Who is on duty at one instant, looked up once for each agency and person of a batch."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._duties: dict[tuple[int | None, str], tuple[User, ...]] = {}
        self._people: dict[int, bool] = {}

    def find(self, case: Case, whom: str) -> Found:
        """Return who is told of a Case: whoever the rung means or, where nobody of them is on duty, the next one up.

        Only people who may open the Case.
        """
        chain = UP[UP.index(Whom(whom)) :]
        found = (Found(each, self._of(case, each)) for each in chain)
        return next((one for one in found if one.people), Found(chain[-1], ()))

    def on(self, agency: Agency | None, duty: Duty) -> tuple[User, ...]:
        """Return who is on a duty for an agency, climbing up its tree; without one, everybody on that duty."""
        key = agency.pk if agency else None, duty.value
        if key not in self._duties:
            self._duties[key] = tuple(on_duty(agency, duty, self._at) if agency else self._anywhere(duty))
        return self._duties[key]

    def _of(self, case: Case, whom: Whom) -> tuple[User, ...]:
        people: tuple[User, ...]
        if whom == Whom.OWNER:
            people = (case.officer,) if case.officer and self._is_on(case.officer) else ()
        else:
            # An unsorted Case belongs to no office; whoever sorts may see it.
            people = self.on(case.agency, DUTIES[whom])
        return tuple(person for person in people if is_visible(person, case))

    def _anywhere(self, duty: Duty) -> list[User]:
        return list({shift.person_id: shift.person for shift in running(self._at).filter(duty=duty)}.values())

    def _is_on(self, person: User) -> bool:
        if person.pk not in self._people:
            self._people[person.pk] = person.is_active and is_on_duty(person, self._at)
        return self._people[person.pk]
