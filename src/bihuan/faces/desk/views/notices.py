"""What I was told: the bell in the header, the page behind it, and the sign of life of an open page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.spine.messages import inbox


@staff()
def notices(request: StaffRequest) -> HttpResponse:
    """Show my notices, newest first; with that they are seen."""
    read_to, rows = inbox.read_to(request.user), inbox.list_notices(request.user)
    if rows and rows[0].pk > read_to:
        inbox.mark_read(request.user, rows[0].pk)
    return render(request, "desk/notices.html", {"rows": rows, "read_to": read_to})


@staff()
@require_POST
def here(request: StaffRequest) -> HttpResponse:
    """Take the sign of life of an open page, which ``staff`` has kept; answer with the bell as it is now."""
    return render(request, "desk/_bell.html", {"new_count": inbox.count_new(request.user)})
