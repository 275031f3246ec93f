"""Pages for whoever is answerable: coverage, files in and out, lists to carry from door to door."""

import csv
from io import StringIO

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.lines.protection import forms, importing, queries, reading, reports
from bihuan.spine.accounts.guard import StaffRequest, staff
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record

MARK = "\ufeff"  # by which spreadsheets know UTF-8


@staff(Permission.CARE, Permission.BOARD)
def coverage(request: StaffRequest) -> HttpResponse:
    """Show how far each community is today."""
    rows = queries.count_coverage(request.user)
    names = ("listed", "seen", "due", "missed", "unanswered", "running_out")
    total = {name: sum(getattr(row, name) for row in rows) for name in names}
    context = {"rows": rows, "total": total, "may_export": request.user.may(Permission.EXPORT)}
    return render(request, "protection/coverage.html", context)


@staff(Permission.EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """Send today's coverage and checks as CSV, without anything personal."""
    record(by=request.user, verb="export", subject=("care", None), detail={"as": "csv"})
    response = HttpResponse(MARK + reports.coverage_csv(request.user), content_type="text/csv; charset=utf-8")
    return _attached(response, f"care-{localtime(clock.now()):%Y%m%d-%H%M}.csv")


@staff(Permission.CARE)
def take_file(request: StaffRequest) -> HttpResponseBase:
    """Put everybody of a file on the list, or name what is wrong with it row by row."""
    form = forms.FileForm(request.POST or None, request.FILES or None)
    faults: list[importing.Fault] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            report = importing.take_file(name=file.name, file=file, by=request.user)
        except Refused as refused:
            form.add_error("file", refused.message)
        else:
            if report.people:
                messages.success(
                    request, _("%(count)d people are on the list.") % {"count": len(report.people)}
                )
                return redirect("protection:people")
            faults = report.faults
    context = {"form": form, "faults": faults, "headings": importing.HEADINGS, "needed": importing.NEEDED}
    return render(request, "protection/import.html", context, status=422 if faults or form.errors else 200)


@staff(Permission.CARE)
def template(request: StaffRequest) -> HttpResponse:
    """Send an empty file with the right headings."""
    out = StringIO()
    csv.writer(out).writerow(importing.HEADINGS.values())
    return _attached(
        HttpResponse(MARK + out.getvalue(), content_type="text/csv; charset=utf-8"), "care-list.csv"
    )


def _attached(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@staff(Permission.REVEAL)
def carry(request: StaffRequest) -> HttpResponse:
    """Print a list to carry from door to door; it names its people, so a purpose is asked and each is written down."""
    site_id = forms.ListForm(request.GET)
    asked = site_id.cleaned_data.get("site") if site_id.is_valid() else None
    people = queries.list_people(request.user, site_id=asked)
    form = forms.RevealForm(request.POST or None)
    texts = (
        reading.reveal_round(people=people, by=request.user, **form.cleaned_data) if form.is_valid() else []
    )
    rows = list(zip(queries.rows_of(people), texts, strict=False))
    context = {"form": form, "buildings": reports.by_building(rows), "count": len(people), "now": clock.now()}
    return render(request, "protection/round.html", context)
