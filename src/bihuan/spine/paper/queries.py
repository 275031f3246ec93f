"""Reading what was printed and what came back."""

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from bihuan.kernel import ids
from bihuan.spine.accounts.models import User
from bihuan.spine.cases.models import Asker, Case
from bihuan.spine.cases.queries import visible_cases
from bihuan.spine.paper.models import Block, Number, Row, Sheet, State
from bihuan.spine.resources.queries import list_people, list_teams

SHOWN = 30
LARGEST_ID = 2**63 - 1


def list_blocks() -> QuerySet[Block]:
    """List the newest blocks with how many of their forms are out, entered and void."""
    counts = {state.value: Count("numbers", filter=Q(numbers__state=state)) for state in State}
    related = ("district", "site", "agency", "service", "reserved_by")
    return (
        Block.objects.select_related(*related)
        .defer("district__outline")
        .annotate(**counts)
        .order_by("-id")[:SHOWN]
    )


def access_block(block_id: int) -> Block:
    """Return one block; 404 where there is none."""
    related = ("district", "site", "agency", "service", "reserved_by")
    found = Block.objects.select_related(*related).filter(pk=min(block_id, LARGEST_ID)).first()
    if found is None:
        raise Http404
    return found


def printed_number(plain: str) -> Number | None:
    """Return the form that bears a number, if one was ever printed."""
    return Number.objects.filter(number=plain).first() if ids.is_printed(plain) else None


def is_waiting(typed: str) -> bool:
    """Say whether a number as it was typed is a form's that has not come back."""
    found = printed_number(ids.plain_receipt(typed))
    return found is not None and found.state != State.USED


def sheet_of(code: str) -> Sheet | None:
    """Return the printed list that bears a code."""
    return Sheet.objects.filter(code=code[:16]).first()


def list_rows(sheet: Sheet) -> QuerySet[Row]:
    """Return the rows of a printed list in the order of the paper, with how they stand now."""
    related = ("case__service", "task", "assignment", "entered_by")
    return sheet.rows.select_related(*related).order_by("position")


def case_of(number: Number) -> Case | None:
    """Return the Case that was opened for a form, as it stands now after merges."""
    asker = Asker.objects.select_related("case").filter(submission__receipt=number.number).first()
    return asker.case if asker else None


def forms_of(case: Case) -> QuerySet[Number]:
    """Return the forms on which those who asked a Case wrote."""
    receipts = case.askers.filter(submission__receipt__startswith=ids.PRINTED).values("submission__receipt")
    return Number.objects.filter(number__in=receipts).select_related("used_by").order_by("used_at")


def visible_sheets(user: User) -> QuerySet[Sheet]:
    """Return the printed lists that this person may know of: one's own, and those of teams and people one may send."""
    mine = Q(printed_by=user) | Q(team__in=list_teams(user)) | Q(person__in=list_people(user))
    return Sheet.objects.select_related("site", "team", "person", "printed_by").filter(mine)


def access_sheet(user: User, sheet_id: int) -> Sheet:
    """Return one printed list; 404 where this person may not know of it."""
    found = visible_sheets(user).filter(pk=min(sheet_id, LARGEST_ID)).first()
    if found is None:
        raise Http404
    return found


def newest_edition(sheet: Sheet) -> Sheet:
    """Return the newest printing of the same list."""
    return Sheet.objects.filter(subject=sheet.subject).order_by("-edition")[0]


def may_see(user: User, case: Case) -> bool:
    """Say whether a Case of a printed list is still in this person's sight."""
    return visible_cases(user).filter(pk=case.pk).exists()
