"""My account: who I am here, what my role lets me do, password and second factor."""

from django.http import HttpResponse
from django.shortcuts import render

from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.spine.accounts.permissions import Permission


@staff()
def me(request: StaffRequest) -> HttpResponse:
    """Show the account."""
    held = [permission.label for permission in Permission if request.user.may(permission)]
    return render(request, "desk/me.html", {"held": held, "contacts": request.user.contacts.order_by("id")})
