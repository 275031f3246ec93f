"""How well the offices answered and solved, week by week: for everybody, without small numbers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.faces.portal.rateview import curves_of, tables_of, week_choices
from bihuan.spine.cases.closing.measures import RATES, RULES, SMALL, THREE
from bihuan.spine.cases.closing.publishing import LEAST, told_totals, told_week, told_weeks

PUBLIC_S = 600


@require_safe
def rates(request: HttpRequest) -> HttpResponse:
    """Show one week, the latest unless another is named."""
    weeks = told_weeks()
    week = request.GET.get("week", "") or (weeks[0] if weeks else "")
    told = told_week(week) if week in weeks else None
    if week and told is None:
        raise Http404
    context: dict[str, Any] = {
        "weeks": week_choices(weeks, week),
        "told": told,
        "small": SMALL,
        "least": LEAST,
    }
    if told:
        context |= {
            "rates": RATES,
            "headline": [(rate.label, told["total"][rate.code]) for rate in RATES if rate.code in THREE],
            "tables": tables_of(told),
            "excluded": [(rule.label, rule.why, told["excluded"][code]) for code, rule in RULES.items()],
            "curves": curves_of(told_totals()),
        }
    return render(request, "portal/rates.html", context)


@require_safe
def rates_json(request: HttpRequest) -> HttpResponse:
    """Give a week, or the names of all weeks, as JSON."""
    week = request.GET.get("week", "")
    if not week:
        answer = JsonResponse({"weeks": told_weeks()})
    else:
        told = told_week(week) if week in told_weeks() else None
        if told is None:
            raise Http404
        answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = f"public, max-age={PUBLIC_S}"
    return answer
