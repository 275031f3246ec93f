"""Twins: two Cases that are one. All askers go on with the one that stays, and a merge can be taken back."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import changes, telling
from bihuan.spine.cases.actions import keeping
from bihuan.spine.cases.actions.ending import end
from bihuan.spine.cases.actions.step import Step, begin, lock, who_was_first
from bihuan.spine.cases.models import Asker, Case, Judgement, Merge, Pair
from bihuan.spine.cases.promises.recount import clocks_since
from bihuan.spine.cases.rights import Who, is_visible
from bihuan.spine.cases.states import UNDONE, Outcome

WORDS_OF_ASKERS = ("answer", "agree", "confirm", "rate", "reopen")


@transaction.atomic
def merge(*, case: Case, into: Case, by: Who) -> Case:
    """Move every asker of a Case to its twin and end it; refuses a Case that itself is merged or ended."""
    if case.pk == into.pk:
        raise Refused(_("A case can't be merged into itself."), code="itself", field="into")
    locked = _lock_all(case, into)
    step = begin(case, "merge", by)
    twin = _checked(locked[into.pk], step, by)
    moved = list(Asker.objects.filter(case_id=case.pk).order_by("id").values_list("pk", flat=True))
    before = keeping.kept_of(step.case)
    Asker.objects.filter(case_id=case.pk).update(case=twin)
    # Cases merged into this one earlier point at the twin from now on: no chains.
    earlier = [other for other in locked.values() if other.merged_into_id == case.pk]
    _point(earlier, case, twin, by)
    ended = end(step, Outcome.MERGED, {"into": twin.pk}, merged_into=twin)
    before |= {"twins": [other.pk for other in earlier], "case": keeping.changed_since(before["case"], ended)}
    Merge.objects.create(case=ended, into=twin, before=before, askers=moved, at=step.now, by=step.staff)
    Step(case=twin, verb="merge", by=by, now=step.now).record({"from": case.pk, "askers": len(moved)})
    telling.tell_some(case=twin, template="merge", askers=moved)
    return ended


def _lock_all(case: Case, into: Case) -> dict[int, Case]:
    """Lock both Cases and the earlier twins that will be pointed anew, in the order of their numbers.

    In one order for all, so that merges in a ring can't wait for each other for ever.
    """
    twins = Case.objects.filter(merged_into_id=case.pk)
    numbers = {case.pk, into.pk, *twins.values_list("pk", flat=True)}
    locked = {number: lock(number) for number in sorted(numbers)}
    if twins.exclude(pk__in=numbers).exists():
        raise Conflict(who_was_first(locked[case.pk]), field="into")
    return locked


def _checked(twin: Case, step: Step, by: Who) -> Case:
    if isinstance(by, User) and not is_visible(by, twin):
        raise Refused(_("There is no such case."), code="into", field="into")
    if twin.merged_into_id is not None:
        raise Conflict(who_was_first(twin), field="into")
    if twin.status not in UNDONE:
        raise Refused(_("The other case is done already."), code="into", field="into")
    if twin.parent_id == step.case.pk or step.case.parent_id == twin.pk:
        raise Refused(_("One is a child of the other."), code="into", field="into")
    return twin


def _point(twins: Iterable[Case], away_from: Case, at: Case, by: Who) -> None:
    detail = {"from": away_from.pk, "into": at.pk}
    for twin in twins:
        changes.write(twin, "follow", by, detail=detail, merged_into=at)


@transaction.atomic
def unmerge(*, case: Case, by: Who) -> Case:
    """Take a merge back: the Case goes on as if it had never been merged, its clocks having run all the while.

    Refuses when one of its askers has spoken on the twin since, or somebody whose word can't be told from theirs.
    """
    made = Merge.objects.filter(case_id=case.pk, undone_at__isnull=True).first()
    earlier = list(made.before["twins"]) if made else []
    for number in sorted({case.pk, case.merged_into_id or case.pk, *earlier}):
        lock(number)
    step = begin(case, "unmerge", by)
    made, twin = _take(made, step), lock(step.case.merged_into_id or 0)
    _check_unspoken(twin, made)
    back = _askers_back(made, twin)
    Asker.objects.filter(pk__in=back).update(case_id=case.pk)
    fields = keeping.restore(step, made.before)
    fields |= _clocks(step.case, fields, made)
    opened = step.write(detail={"from": twin.pk, "askers": len(back)}, **fields)
    again = list(Case.objects.filter(pk__in=made.before["twins"], merged_into=twin))
    _point(again, twin, opened, by)
    Step(case=twin, verb="unmerge", by=by, now=step.now).record({"back": case.pk, "askers": len(back)})
    _remember(opened, twin, step)
    telling.tell_some(case=opened, template="unmerge", askers=back)
    return opened


def _clocks(case: Case, back: Mapping[str, Any], made: Merge) -> dict[str, Any]:
    """Return what the clocks say by the levels and calendars that were changed while the Case was merged."""
    then = copy(case)
    for name, value in back.items():
        setattr(then, name, value)
    return clocks_since(then, made.at)


def _take(made: Merge | None, step: Step) -> Merge:
    """Mark the merge as taken back; of two who try, one does."""
    fields = {"undone_at": step.now, "undone_by": step.staff}
    if made is None:
        raise Refused(_("What was there before this merge was not kept."), code="unmerge")
    if not Merge.objects.filter(pk=made.pk, undone_at__isnull=True).update(**fields):
        raise Conflict(who_was_first(step.case))
    if isinstance(step.by, User) and not is_visible(step.by, made.into):
        raise Refused(_("The case that it was merged into is not in your hands."), code="unmerge")
    return made


def _check_unspoken(twin: Case, made: Merge) -> None:
    said = Event.objects.filter(case_id=twin.pk, verb__in=WORDS_OF_ASKERS, at__gte=made.at).order_by("-id")
    theirs = {None, *made.askers}
    spoken = [at for at, detail in said.values_list("at", "detail") if detail.get("asker") in theirs]
    if spoken:
        message = _("An asker of this case has spoken on No. %(number)s at %(time)s, as far as can be told.")
        time = timezone.localtime(spoken[0]).strftime("%H:%M")
        raise Refused(message % {"number": twin.pk, "time": time}, code="unmerge_spoken")


def _askers_back(made: Merge, twin: Case) -> list[int]:
    """Return who goes back: those who came, and those whom a banner of the Case has caught since."""
    theirs = Q(pk__in=made.askers) | Q(caught__banner__case_id=made.case_id)
    return list(Asker.objects.filter(theirs, case=twin).order_by("id").values_list("pk", flat=True))


def _remember(case: Case, twin: Case, step: Step) -> None:
    """Whoever takes a merge back says that they are not the same; they are not suggested again."""
    older, newer = sorted((case.pk, twin.pk))
    said: Mapping[str, Any] = {"verdict": Judgement.OTHER, "judged_by": step.staff, "judged_at": step.now}
    made = {"strength": 0.0, "found_at": step.now}
    Pair.objects.update_or_create(
        older_id=older, newer_id=newer, defaults=said, create_defaults={**said, **made}
    )
