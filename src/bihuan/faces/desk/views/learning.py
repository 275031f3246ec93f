"""How good the suggestions are."""

from django.http import HttpResponse
from django.shortcuts import render

from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.learning.reporting import accuracy


@staff(Permission.RULES, Permission.STEER, Permission.TRIAGE)
def learning(request: StaffRequest) -> HttpResponse:
    """Show how often the suggestions were right on cases held back."""
    return render(request, "desk/learning.html", {"accuracy": accuracy()})
