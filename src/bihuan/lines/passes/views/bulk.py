"""Many applications in one file, at the portal."""

import csv

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bihuan.kernel.errors import Refused
from bihuan.lines.passes import bulk, holders
from bihuan.lines.passes.forms import FileForm
from bihuan.lines.passes.models import Bulk


def upload(request: HttpRequest) -> HttpResponseBase:
    """Take a file; answer with what came of each row."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = bulk.take_file(
                name=said["name"], phone=said["phone"], filename=said["file"].name, file=said["file"]
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            holders.remember(request, made.receipt)
            return redirect("passes:bulk", made.receipt)
    context = {"form": form, "headings": bulk.HEADINGS, "needed": bulk.NEEDED, "most": bulk.MOST_ROWS}
    return render(request, "passes/upload.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
def result(request: HttpRequest, receipt: str) -> HttpResponse:
    """Show what came of a file, to the visit that sent it."""
    made = Bulk.objects.filter(receipt=receipt).first()
    if made is None or not holders.is_proven(request, receipt):
        raise Http404
    rows = list(made.passes.select_related("agency").order_by("pk"))
    for row in rows:
        holders.remember(request, row.receipt)
    return render(request, "passes/bulk.html", {"made": made, "rows": rows, "faults": list(made.faults)})


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Give an empty file with the headings."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="passes.csv"'
    csv.writer(answer).writerow(bulk.HEADINGS.values())
    return answer
