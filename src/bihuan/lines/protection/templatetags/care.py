"""What the care list's templates need: names behind a mask, days that are left, a bar."""

from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from bihuan.kernel import clock
from bihuan.lines.protection.queries import Coverage
from bihuan.lines.protection.reading import name_of
from bihuan.spine.accounts.permissions import Permission

register = template.Library()
register.filter("masked_name", name_of)
DAY_S = 86_400
BAR_PX = 160


@register.filter
def day_time(at: datetime | None) -> str:
    """Write a moment of these days as short as it stays clear."""
    if at is None:
        return ""
    local, now = localtime(at), localtime(clock.now())
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%m-%d %H:%M}"


@register.filter
def days_left(at: datetime | None) -> str:
    """Say how long something lasts."""
    if at is None:
        return ""
    days = (at - clock.now()).total_seconds() / DAY_S
    if days <= 0:
        return gettext("at an end")
    return (
        ngettext("%(n)d day left", "%(n)d days left", int(days)) % {"n": int(days)}
        if days >= 1
        else gettext("ends today")
    )


@register.filter
def bar(row: Coverage) -> SafeString:
    """Draw who was seen, is still due, was missed, out of those whose turn it was; the numbers stand beside it."""
    turn = row.seen + row.due + row.missed
    if not turn:
        return SafeString("—")
    parts, at = [], 0.0
    for css, number in (("ok", row.seen), ("due", row.due), ("bad", row.missed)):
        width = BAR_PX * number / turn
        parts.append((css, f"{at:.1f}", f"{width:.1f}"))
        at += width
    drawn = format_html_join("", '<rect class="care__bar--{}" x="{}" y="0" width="{}" height="12"/>', parts)
    return format_html(
        '<span class="care__share">{}<svg class="care__bar" viewBox="0 0 {} 12" preserveAspectRatio="none"'
        ' aria-hidden="true">{}</svg></span>',
        f"{row.share:.0%}", BAR_PX, drawn,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def care_tabs(context: Context) -> SafeString:
    """Draw the ways between the care list's pages, as far as they are open to this person."""
    request: Any = context["request"]
    tabs = [("coverage", gettext("Coverage"))]
    if request.user.may(Permission.CARE):
        tabs = [("today", gettext("Today")), ("people", gettext("The list")), *tabs]
    here = request.resolver_match.url_name
    links = format_html_join(
        "", '<a href="{}"{}>{}</a>', (_tab(name, label, name == here) for name, label in tabs)
    )
    return format_html('<nav class="tabs no-print" aria-label="{}">{}</nav>', gettext("Care list"), links)


def _tab(name: str, label: str, is_here: bool) -> tuple[str, SafeString, str]:
    here = SafeString(' aria-current="page"' if is_here else "")
    return reverse(f"protection:{name}"), here, label
