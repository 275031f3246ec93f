"""Printed lists of a building and of a shift, and the results that come back on them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.paperforms import BuildingForm, ListForm, ShiftListForm, TickForm
from bihuan.faces.desk.views.paper import overview
from bihuan.faces.parts import qr_square
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.paper import printing, queries
from bihuan.spine.paper.lists import Line
from bihuan.spine.paper.models import Row, Sheet
from bihuan.spine.paper.printing import PrintedList
from bihuan.spine.paper.ticking import meanwhile, tick


@staff(Permission.WORK)
@require_POST
def building(request: StaffRequest) -> HttpResponseBase:
    """Print the list of a building; shown once, as an opening of personal data with a purpose."""
    form = BuildingForm(request.POST, auto_id="building_%s")
    if form.is_valid():
        said = form.cleaned_data
        try:
            printed = printing.print_building(
                by=request.user, site=said["site"], building=said["building"], opening=form.opening
            )
            return _paper(request, printed)
        except Refused as refused:
            _blame(form, refused)
    return overview(request, 422, building_form=form)


@staff(Permission.WORK)
@require_POST
def shift(request: StaffRequest) -> HttpResponseBase:
    """Print what a team or a person is to do in a shift."""
    form = ShiftListForm(request.user, request.POST, auto_id="shift_%s")
    if form.is_valid():
        since, until = form.span
        about: dict[str, Any] = {"from_at": since, "until_at": until, **form.who}
        try:
            return _paper(request, printing.print_shift(by=request.user, opening=form.opening, **about))
        except Refused as refused:
            _blame(form, refused)
    return overview(request, 422, shift_form=form)


def _blame(form: ListForm, refused: Refused) -> None:
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)


@dataclass(frozen=True)
class PaperLine:
    """A row with the square that leads back to its Case."""

    line: Line
    square: SafeString


def _paper(request: StaffRequest, printed: PrintedList) -> HttpResponse:
    lines = [PaperLine(line, _square(request, "desk:case", line.case.pk)) for line in printed.contents.lines]
    context = {
        "sheet": printed.sheet, "lines": lines, "households": printed.contents.households,
        "is_cut": printed.contents.is_cut, "stamp": _square(request, "portal:paper_list", printed.sheet.code),
    }  # fmt: skip
    return render(request, "desk/paper_list.html", context)


def _square(request: StaffRequest, name: str, key: object) -> SafeString:
    return qr_square(request.build_absolute_uri(reverse(name, args=[key])))


@dataclass(frozen=True)
class TickRow:
    """A row whose result can be entered, with what has happened since it was printed."""

    row: Row
    meanwhile: str
    form: TickForm
    refused: str = ""


@staff(Permission.WORK)
def sheet(request: StaffRequest, sheet_id: int) -> HttpResponseBase:
    """Show a printed list's edition and rows; enter the results that came back, row by row."""
    found = queries.access_sheet(request.user, sheet_id)
    refused: dict[int, str] = {}
    if request.method == "POST":
        entered, refused = _enter(request, found)
        if entered:
            said = ngettext("%(count)d result entered.", "%(count)d results entered.", entered)
            messages.success(request, said % {"count": entered})
        if not refused:
            if not entered:
                messages.info(request, gettext("No result was filled in."))
            return redirect("desk:paper_sheet", found.pk)
    rows = [_row(request, one, refused.get(one.pk, "")) for one in queries.list_rows(found)]
    context = {"sheet": found, "newest": queries.newest_edition(found), "rows": rows, "refused": refused}
    return render(request, "desk/paper_sheet.html", context, status=409 if refused else 200)


def _enter(request: StaffRequest, found: Sheet) -> tuple[int, dict[int, str]]:
    """Enter each row that was filled in; what is refused does not keep the others from being entered."""
    entered, refused = 0, {}
    for row in queries.list_rows(found):
        said = request.POST.get(f"{row.pk}-result", "")
        if not said:
            continue
        try:
            tick(by=request.user, row=row, result=said, why=request.POST.get(f"{row.pk}-why", ""))
            entered += 1
        except Refused as no:
            refused[row.pk] = no.message
    return entered, refused


def _row(request: StaffRequest, row: Row, refused: str) -> TickRow:
    form = TickForm(request.POST if refused else None, prefix=str(row.pk))
    return TickRow(row, meanwhile(row), form, refused)
