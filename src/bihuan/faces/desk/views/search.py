"""Search: a number, a receipt, a telephone, words."""

import re

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from bihuan.faces.desk.duty import VIEWERS
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.views.queue import acceptable
from bihuan.kernel import clock
from bihuan.kernel.ids import is_receipt, plain_receipt
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Case

TEXT_LIMIT = 100
_PERSONAL = re.compile(r"\+?[\d()]{8,}")


@staff(*VIEWERS)
@never_cache
def search(request: StaffRequest) -> HttpResponseBase:
    """Show what was found. Receipts and telephones are only taken in a body, where no log keeps them."""
    sought = (request.POST.get("q") or request.GET.get("q", "")).strip()[:TEXT_LIMIT]
    is_personal = bool(_PERSONAL.fullmatch(plain_receipt(sought)))
    if request.method == "POST" and sought and not is_personal:
        return redirect(f"{reverse('desk:search')}?{urlencode({'q': sought})}")
    if request.method == "GET" and is_personal:
        return redirect("desk:search")
    return _found(request, sought)


def _found(request: StaffRequest, sought: str) -> HttpResponseBase:
    cases = queries.search(request.user, sought)
    plain = plain_receipt(sought)
    if len(cases) == 1 and (plain == str(cases[0].pk) or is_receipt(plain)):
        return redirect("desk:case", cases[0].pk)
    return render(request, "desk/search.html", _context(request, sought, cases))


def _context(request: StaffRequest, sought: str, cases: list[Case]) -> dict[str, object]:
    return {
        "sought": sought,
        "cases": cases,
        "acceptable": acceptable(request.user, cases),
        "now": clock.now(),
        "speed": clock.speed(),
    }
