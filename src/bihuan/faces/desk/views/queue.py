"""My queue: what is due next, live."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from bihuan.faces.desk import manyforms
from bihuan.faces.desk.duty import VIEWERS
from bihuan.faces.desk.filters import FilterForm, tabs
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.numbers import read_numbers
from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import own_agencies
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.queries import Cursor, QueueFilter
from bihuan.spine.cases.queries.access import LONG, RELATED
from bihuan.spine.cases.states import Status

PAGE = 50  # some three screens; the next rows come by themselves


@staff()
def queue(request: StaffRequest) -> HttpResponseBase:
    """Show the queue; with ``after``, asked by htmx, only the next rows."""
    if not any(map(request.user.may, VIEWERS)):
        return redirect("desk:me")
    filters = QueueFilter.parse(request.GET)
    after = Cursor.parse(request.GET.get("after", ""))
    page = queries.list_queue(request.user, filters, after, PAGE)
    context = _rows(request, page.cases) | {
        "more": urlencode({"after": str(page.next)}) + _and(_query(request, filters)) if page.next else ""
    }
    if request.htmx and after:
        return render(request, "desk/_rows.html", context)
    return render(request, "desk/queue.html", context | _frame(request, filters))


def _query(request: StaffRequest, filters: QueueFilter) -> str:
    """Return the filters' query, with the mark that rows are being marked."""
    return "mark=1" + _and(filters.to_query()) if _is_marking(request) else filters.to_query()


def _is_marking(request: StaffRequest) -> bool:
    return request.GET.get("mark") == "1"


def _and(query: str) -> str:
    return f"&{query}" if query else ""


def _frame(request: StaffRequest, filters: QueueFilter) -> dict[str, object]:
    many = manyforms.choices(request.user)
    return {
        "many": many,
        "may_mark": bool(many),
        "mark_query": "mark=1" + _and(filters.to_query()),
        "unmarked": filters.to_query(),
        "filter_form": FilterForm(request.user, filters),
        "tabs": tabs(request.user, filters),
        "may_export": request.user.may(Permission.EXPORT),
        "now": clock.now(),
        "speed": clock.speed(),
    }


def _rows(request: StaffRequest, cases: list[Case]) -> dict[str, object]:
    marking = _is_marking(request)
    return {"cases": cases, "acceptable": acceptable(request.user, cases), "marking": marking}


def acceptable(user: User, cases: Iterable[Case]) -> set[int]:
    """Return which of the cases this person could accept as far as a row shows; the action decides."""
    if not user.may(Permission.WORK):
        return set()
    own = set(own_agencies(user).values_list("id", flat=True))
    return {case.pk for case in cases if case.status == Status.WAITING and case.agency_id in own}


@staff(*VIEWERS)
def rows(request: StaffRequest) -> HttpResponse:
    """Show those of the named cases that belong to this queue: what the page asks when something changed."""
    numbers = read_numbers(request.GET.get("cases", "").split(","))
    filters = QueueFilter.parse(request.GET)
    found = queries.visible_cases(request.user).filter(filters.condition(request.user), pk__in=numbers)
    cases = list(found.select_related(*RELATED).defer(*LONG))
    return render(request, "desk/_rows.html", _rows(request, cases))


def row(request: HttpRequest, user: User, case: Case, **more: object) -> HttpResponse:
    """Show one row, as after an action made from the list."""
    context = {"case": case, "acceptable": acceptable(user, [case]), **more}
    return render(request, "desk/_row.html", context)
