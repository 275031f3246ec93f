"""One verb on many Cases: each judged alone by its own action, in a short transaction of its own.

Whoever is killed in the middle leaves each Case wholly done or untouched. With a key, what was done is kept in the
same transaction, so that the same request sent again does nothing twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.cases import actions, queries
from bihuan.spine.cases.models import Answered, BulkAnswer, CannedAnswer, Case, Service
from bihuan.spine.cases.surge.canned import text_for

MOST = 200
KEY_LIMIT = 64
WORDS_LIMIT = 300
KEPT_FOR = timedelta(days=7)


@transaction.atomic
def sort(*, case: Case, service: Service, priority: str, agency: Agency, by: User) -> None:
    """Write what differs of service and priority, then hand the Case over; all or nothing."""
    known = Case.objects.only("service_id", "priority").get(pk=case.pk)
    if known.service_id != service.pk:
        actions.reclassify(case=case, service=service, by=by)
    if known.priority != priority:
        actions.set_priority(case=case, priority=priority, by=by)
    actions.assign(case=case, agency=agency, by=by)


Action = Callable[..., object]
# The word by which each action takes what is said, where a canned answer may say it.
TEXTS = {"resolve": "reply", "reply": "reply", "hold": "question", "return_to_triage": "reason"}
VERBS: dict[str, Action] = {
    "assign": actions.assign,
    "transfer": actions.transfer,
    "accept": actions.accept,
    "return_to_triage": actions.return_to_triage,
    "hold": actions.hold,
    "resume": actions.resume,
    "reply": actions.reply,
    "resolve": actions.resolve,
    "reclassify": actions.reclassify,
    "set_priority": actions.set_priority,
    "note": actions.note,
    "unshelve": actions.unshelve,
    "sort": sort,
}


@dataclass(frozen=True)
class Answer:
    """What the deed on one Case came to; ``is_repeat`` when it was done by an earlier request of the same key."""

    case_id: int
    outcome: str
    words: str = ""
    is_repeat: bool = False


@dataclass(frozen=True)
class Order:
    """One verb for many: what is said with it, or a canned answer that says it to each asker in their language."""

    verb: str
    by: User
    said: Mapping[str, Any]
    canned: CannedAnswer | None = None
    key: str = ""

    def act(self, case: Case) -> None:
        """Do it to one Case."""
        said = dict(self.said)
        if self.canned is not None:
            said[TEXTS[self.verb]] = text_for(self.canned, case)
        VERBS[self.verb](case=case, by=self.by, **said)


def do_many(order: Order, numbers: Sequence[int]) -> list[Answer]:
    """Do one verb to each of up to 200 Cases; return an answer for each, in the same order."""
    _check(order, numbers)
    wanted = list(dict.fromkeys(numbers))
    before = _before(order, wanted)
    seen = {case.pk: case for case in _visible(order, wanted)}
    return [_one(order, number, seen.get(number), before.get(number)) for number in wanted]


def _check(order: Order, numbers: Sequence[int]) -> None:
    if order.verb not in VERBS:
        raise Refused(_("This can't be done to many cases at once."), code="verb", field="verb")
    if not numbers:
        raise Refused(_("Mark at least one case."), code="none", field="cases")
    if len(numbers) > MOST:
        message = _("At most %(count)d cases at once.") % {"count": MOST}
        raise Refused(message, code="many", field="cases")
    if len(order.key) > KEY_LIMIT:
        raise Refused(_("The key is too long."), code="key", field="key")
    if order.canned is not None and order.verb not in TEXTS:
        raise Refused(_("A canned answer does not fit this."), code="canned", field="canned")


def _before(order: Order, numbers: Sequence[int]) -> dict[int, BulkAnswer]:
    """Return what an earlier request of the same key came to."""
    if not order.key:
        return {}
    kept = BulkAnswer.objects.filter(by=order.by, key=order.key, case_id__in=numbers)
    return {one.case_id: one for one in kept}


def _visible(order: Order, numbers: Sequence[int]) -> list[Case]:
    found = queries.visible_cases(order.by).filter(pk__in=numbers)
    if order.canned is not None:
        return list(found.select_related("service", "agency"))
    return list(found.only("pk", "status"))


def _one(order: Order, number: int, case: Case | None, before: BulkAnswer | None) -> Answer:
    if before is not None and before.outcome == Answered.DONE:
        return Answer(number, before.outcome, before.words, is_repeat=True)
    if case is None:
        # Nothing is kept of it: that a Case is there at all is not for this person to know.
        return Answer(number, Answered.REFUSED, _("There is no such case, or it is not in your hands."))
    try:
        return _done(order, case, before)
    except IntegrityError:
        if twice := _done_by_the_same(order, case):
            return twice
        raise
    except Refused as refused:
        if twice := _done_by_the_same(order, case):
            return twice
        outcome = Answered.FIRST if isinstance(refused, Conflict) else Answered.REFUSED
        answer = Answer(number, outcome, refused.message[:WORDS_LIMIT])
        _keep(order, answer, before)
        return answer


@transaction.atomic
def _done(order: Order, case: Case, before: BulkAnswer | None) -> Answer:
    answer = Answer(case.pk, Answered.DONE)
    # What was refused before is claimed first: of two who try again at once the row count decides.
    if before is not None and not _keep_again(answer, before, order.verb):
        raise Conflict(_("This was done already by the same request."))
    order.act(case)
    if before is None:
        _keep(order, answer, None)
    return answer


def _done_by_the_same(order: Order, case: Case) -> Answer | None:
    """Answer the second of two equal requests that came at once: the deed was undone with its answer."""
    if not order.key:
        return None
    kept = BulkAnswer.objects.filter(by=order.by, key=order.key, case=case, outcome=Answered.DONE).first()
    return Answer(case.pk, kept.outcome, kept.words, is_repeat=True) if kept else None


def _keep(order: Order, answer: Answer, before: BulkAnswer | None) -> None:
    if not order.key:
        return
    if before is not None:
        _keep_again(answer, before, order.verb)
        return
    what = _what(answer, order.verb)
    about = {"by": order.by, "key": order.key, "case_id": answer.case_id}
    if answer.outcome == Answered.DONE:
        # In a savepoint of its own this would cost two more statements for each deed.
        BulkAnswer(**about, **what).save(force_insert=True)
    else:
        BulkAnswer.objects.get_or_create(**about, defaults=what)


def _keep_again(answer: Answer, before: BulkAnswer, verb: str) -> bool:
    """Write over what was kept; what was done stays."""
    undone = BulkAnswer.objects.filter(pk=before.pk).exclude(outcome=Answered.DONE)
    return bool(undone.update(**_what(answer, verb)))


def _what(answer: Answer, verb: str) -> dict[str, Any]:
    return {"verb": verb, "outcome": answer.outcome, "words": answer.words, "at": clock.now()}


def answers_of(by: User, key: str) -> list[BulkAnswer]:
    """Return what a request came to, refusals first."""
    kept = BulkAnswer.objects.filter(by=by, key=key).select_related("case__service")
    return sorted(kept, key=lambda one: (one.outcome == Answered.DONE, one.case_id))


def forget_old(limit: int = 1000) -> int:
    """Remove answers that nobody will ask for again; return how many."""
    old = BulkAnswer.objects.filter(at__lt=clock.now() - KEPT_FOR).values_list("pk", flat=True)[:limit]
    return BulkAnswer.objects.filter(pk__in=list(old)).delete()[0]
