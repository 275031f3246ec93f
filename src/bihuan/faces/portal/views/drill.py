"""The link of a channel drill: one button for whoever was called, without signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bihuan.spine.messages.drills.answering import answer, by_token, words_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def drill(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button; only a POST answers, because programs that look through mail open every link."""
    row = by_token(token)
    if row is None:
        raise Http404
    if request.method == "POST":
        answer(row)
        return redirect("portal:drill", token)
    context = {"drill": row.called.drill, "said": words_of(row.called) if row.called.answered_at else ""}
    response = render(request, "portal/drill.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
