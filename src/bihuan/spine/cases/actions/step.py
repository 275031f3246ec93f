"""What every action on a Case does: look again under a lock, write if nobody was first, record, tell the askers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import changes, rights, telling
from bihuan.spine.cases.models import Assignment, Case, Note, NoteKind, Pause, Task
from bihuan.spine.cases.rights import Who
from bihuan.spine.cases.states import MOVES, VERBS
from bihuan.spine.cases.story import who_acted
from bihuan.spine.cases.words import DEEDS, LABELS
from bihuan.spine.door.models import Photo

TEXT_LIMIT = 4000
# Long JSON that no action reads: parsing a district's outline for each deed of many costs more than the deed.
UNREAD = ("district__outline", "service__questions", "service__keywords", "service__danger_words")


@dataclass
class Step:
    """One verb on one Case by one person at one instant, inside one transaction.

    ``rows`` gathers what the step does to the Case's tasks, assignments and pauses, for its Event.
    """

    case: Case
    verb: str
    by: Who
    now: datetime
    rows: changes.Rows = field(default_factory=dict)

    def write(self, *, detail: dict[str, Any] | None = None, **fields: Any) -> Case:
        """Change the Case if it still is as it was looked at, and leave the Event."""
        target = VERBS[self.verb].target
        if target is not None:
            fields["status"] = target
        fields["changed_at"] = self.now
        if not changes.write(self.case, self.verb, self.by, detail=detail, rows=self.rows, **fields):
            raise Conflict(who_was_first(self.case))
        return self.case

    def create(self, row: Task | Assignment | Pause) -> None:
        """Keep a new row of the Case."""
        row.save(force_insert=True)
        changes.created(self.rows, row)

    def change(self, found: QuerySet[Any], **fields: Any) -> int:
        """Change rows of the Case; return how many."""
        return changes.changed(self.rows, found, **fields)

    def record(self, detail: dict[str, Any] | None = None) -> Event:
        """Leave the Event of this step, without changing the Case."""
        return changes.told(self.case, self.verb, self.by, detail)

    def note(self, kind: NoteKind, text: str, photo: Photo | None = None) -> Note:
        """Keep the words that belong to this step."""
        return Note.objects.create(
            case=self.case, kind=kind, verb=self.verb, text=text, photo=photo, author=self.staff, at=self.now
        )

    @property
    def staff(self) -> User | None:
        return self.by if isinstance(self.by, User) else None

    def tell(self, words: str = "") -> None:
        """Put a message to every asker of the Case into the outbox."""
        telling.tell(case=self.case, template=self.verb, words=words)


def begin(case: Case, verb: str, by: Who) -> Step:
    """Lock the Case for this transaction and refuse unless the verb is possible now."""
    locked = lock(case.pk)
    step = Step(case=locked, verb=verb, by=by, now=clock.now())
    _judge(step, seen=case.status)
    return step


def lock(case_id: int) -> Case:
    """Read a Case and keep others from changing it until this transaction ends.

    PostgreSQL locks the row; SQLite's transactions take turns from their first statement.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a Case is locked inside a transaction only")
    related = ("service", "agency", "officer", "district", "site", "level__calendar", "level__agreement")
    found = Case.objects.select_for_update(of=("self",)).select_related(*related).defer(*UNREAD)
    return found.get(pk=case_id)


def _judge(step: Step, seen: str) -> None:
    case, verb = step.case, step.verb
    if reason := rights.why_not_permitted(case, verb, step.by):
        raise Forbidden(reason)
    if reason := rights.why_not_status(case, verb):
        raise _lost(case, verb, seen, reason)
    if reason := rights.why_not_now(case, verb):
        raise Refused(reason, code=verb)


def _lost(case: Case, verb: str, seen: str, reason: str) -> Refused:
    """Say who was first where somebody was; otherwise what the Case's status forbids."""
    last = _last_move(case)
    raced = seen in VERBS[verb].sources or (last is not None and last.verb == verb)
    if raced and last is not None:
        return Conflict(who_was_first(case))
    label = str(LABELS[verb])
    message = _("“%(verb)s” is not possible for No. %(number)s: %(reason)s")
    return Refused(message % {"verb": label, "number": case.pk, "reason": reason}, code="status")


def _last_move(case: Case) -> Event | None:
    moves = Event.objects.filter(case_id=case.pk, verb__in=[*MOVES, "unmerge", "decide"]).select_related(
        "actor"
    )
    return moves.order_by("-id").first()


def who_was_first(case: Case) -> str:
    """Return who made the latest move of a Case, and when: for whoever came second."""
    event = _last_move(case)
    if event is None:
        return _("No. %(number)s has changed in the meantime.") % {"number": case.pk}
    deed = str(DEEDS[event.verb]) % {"who": who_acted(event)}
    return _("No. %(number)s: %(deed)s at %(time)s.") % {
        "number": case.pk,
        "deed": deed,
        "time": timezone.localtime(event.at).strftime("%H:%M"),
    }


def said(text: str, field: str) -> str:
    """Return the words that an action needs; refuses none at all and far too many."""
    kept = text.replace("\x00", "").strip()
    if not kept:
        raise Refused(_("Please write a few words."), code="empty", field=field)
    if len(kept) > TEXT_LIMIT:
        message = _("At most %(count)d characters, please.") % {"count": TEXT_LIMIT}
        raise Refused(message, code="long", field=field)
    return kept
