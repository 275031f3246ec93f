"""What the line's templates need: plates, badges, the code as a square, the ways between the pages."""

from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext

from bihuan.kernel import clock
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.numbering import typed_code
from bihuan.lines.passes.states import Status
from bihuan.spine.accounts.permissions import Permission

register = template.Library()
register.filter("typed_code", typed_code)
TONES = {
    Status.APPLIED: "warn", Status.SECOND: "warn", Status.ASKED: "warn", Status.ISSUED: "ok",
    Status.SUSPENDED: "late", Status.REVOKED: "late",
}  # fmt: skip


@register.filter
def plate(text: str) -> str:
    """Write a plate as it stands on the vehicle: ``湘B·12345``."""
    return f"{text[:2]}·{text[2:]}" if len(text) > 2 else text or "—"


@register.filter
def pass_badge(pass_: Pass) -> SafeString:
    """Draw the badge of a pass: its word, its colour."""
    tone = TONES.get(Status(pass_.status), "quiet")
    return format_html('<span class="badge badge--{}">{}</span>', tone, pass_.get_status_display())


@register.filter
def day_time(at: datetime | None) -> str:
    """Write a moment of these days as short as it stays clear."""
    if at is None:
        return "—"
    local, now = localtime(at), localtime(clock.now())
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%m-%d %H:%M}"


@register.filter
def square(text: str) -> SafeString:
    """Draw the code of a pass, black on white in both schemes, because scanners want it so."""
    drawn = BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, dark="#000", light="#fff", border=3
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 - segno draws modules, no text of anybody


@register.filter
def counted(number: int, most: int) -> str:
    """Write a count that stops at some number."""
    return f"{most}+" if number > most else str(number)


@register.filter
def item(values: dict[str, Any], key: str) -> Any:
    """Return what a dict holds under a key."""
    return values.get(key)


@register.simple_tag(takes_context=True)
def pass_tabs(context: Context) -> SafeString:
    """Draw the ways between the pages of the desk for passes, as far as they are open to this person."""
    request: Any = context["request"]
    tabs = [
        ("queue", gettext("Queue")),
        ("trips", gettext("Trips")),
        ("search", gettext("Find")),
        ("rules", gettext("Rules")),
    ]
    if request.user.may(Permission.PASSES):
        tabs.insert(3, ("enter", gettext("Enter for somebody")))
    here = request.resolver_match.url_name
    links = format_html_join(
        "", '<a href="{}"{}>{}</a>', (_tab(name, label, name == here) for name, label in tabs)
    )
    return format_html(
        '<nav class="tabs no-print" aria-label="{}">{}</nav>', gettext("Vehicle passes"), links
    )


def _tab(name: str, label: str, is_here: bool) -> tuple[str, SafeString, str]:
    here = SafeString(' aria-current="page"' if is_here else "")
    return reverse(f"passes:{name}"), here, label
