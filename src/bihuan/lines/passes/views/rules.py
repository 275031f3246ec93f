"""The rules of the desks: who reviews what, how soon, how many, by how many pairs of eyes."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bihuan.lines.passes import desks
from bihuan.lines.passes.forms import DeskForm
from bihuan.lines.passes.kinds import Goods
from bihuan.lines.passes.models import Desk
from bihuan.spine.accounts.guard import StaffRequest, staff
from bihuan.spine.accounts.permissions import Permission


@staff(Permission.PASSES, Permission.PASS_RULES)
def rules(request: StaffRequest) -> HttpResponse:
    """Show every class of goods with its desk."""
    known = {desk.goods: desk for desk in Desk.objects.select_related("agency")}
    rows = [(goods, known.get(goods.value)) for goods in Goods]
    may_change = request.user.may(Permission.PASS_RULES)
    return render(request, "passes/rules.html", {"rows": rows, "may_change": may_change})


@staff(Permission.PASS_RULES)
def rule(request: StaffRequest, goods: str) -> HttpResponseBase:
    """Set the rules of one class of goods."""
    if goods not in Goods.values:
        raise Http404
    desk = Desk.objects.filter(goods=goods).first() or Desk(goods=goods)
    form = DeskForm(request.POST or None, instance=desk)
    if form.is_valid():
        desks.write(desk=form.save(commit=False), by=request.user)
        messages.success(request, _("The rules are set."))
        return redirect("passes:rules")
    context = {"form": form, "goods": Goods(goods)}
    return render(request, "passes/rule.html", context, status=422 if form.errors else 200)
