"""What the desk's templates need: clocks in words, the number of a Case, the pages of one's duty."""

from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from bihuan.faces.desk import duty, outlooks, wording
from bihuan.faces.parts import icon
from bihuan.kernel import clock
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.models import Event
from bihuan.spine.audit.queries import newest_position
from bihuan.spine.cases.banners.actions import PERMITTED
from bihuan.spine.cases.banners.queries import list_live
from bihuan.spine.cases.ladder import watch
from bihuan.spine.cases.models import Case, Promised
from bihuan.spine.cases.promises import clocks
from bihuan.spine.cases.reading import Purpose
from bihuan.spine.cases.registry import registry
from bihuan.spine.cases.surge import shedding
from bihuan.spine.cases.words import LABELS
from bihuan.spine.messages import inbox
from bihuan.spine.messages.calls.reading import list_running

register = template.Library()
register.filter("channel", wording.channel)
register.filter("way", wording.way)
register.simple_tag(wording.clock_words, name="clock_words")

TONE_ICONS = {"late": "alarm-clock-off", "soon": "alarm-clock", "ok": "clock"}
_EVENTS = {
    "opened": gettext_lazy("Opened"),
    "breached": gettext_lazy("Promise missed"),
    "reveal": gettext_lazy("Read personal data"),
    "self_raised": gettext_lazy("Raised by itself"),
    "export": gettext_lazy("Took a list away"),
}


@register.filter
def number(case: Case | int) -> str:
    """Name a Case by its number: ``No. 1042``, ``第 1042 号``."""
    return wording.number(case if isinstance(case, int) else case.pk)


@register.filter
def next_promise(case: Case) -> str:
    """Say which promise a Case's due date is of."""
    promise = clocks.failed(case)
    return str(Promised(promise).label) if promise else ""


@register.simple_tag
def due(at: datetime | None) -> SafeString:
    """Draw a promise: in so many minutes, or late by so many, with the exact moment as its title."""
    said = wording.due(at, clock.now())
    if at is None:
        return format_html(
            '<span class="due" data-tone="none">—<span class="visually-hidden"> {}</span></span>',
            gettext("no clock running"),
        )
    return format_html(
        '<time class="due" data-due data-tone="{}" datetime="{}" title="{}">{}<span>{}</span></time>',
        said.tone,
        at.isoformat(),
        wording.exact(at),
        icon(TONE_ICONS[said.tone]),
        said.words,
    )


@register.simple_tag
def moment(at: datetime | None) -> SafeString:
    """Draw a past moment: its exact time, and how long ago as its title."""
    if at is None:
        return SafeString("—")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(),
        wording.ago(at, clock.now()),
        wording.exact(at),
    )


@register.inclusion_tag("desk/_live.html")
def live_sign(css: str = "") -> dict[str, Any]:
    """Draw the sign that says whether the page is fed live, and from which position it listens."""
    return {"css": css, "after": newest_position()}


@register.inclusion_tag("desk/_bell.html", takes_context=True)
def bell(context: Context) -> dict[str, Any]:
    """Draw the way to one's notices, with how many are new."""
    return {"new_count": inbox.count_new(context["request"].user)}


@register.inclusion_tag("desk/_calls.html", takes_context=True)
def live_calls(context: Context) -> dict[str, Any]:
    """Show whoever takes calls which ring now."""
    user, open_now = context["request"].user, context.get("call")
    may_take = user.is_authenticated and user.may(Permission.ENTER)
    but = open_now.pk if open_now else 0
    return {"may_take": may_take, "calls": list_running(user, but=but) if may_take else [], "but": but}


@register.inclusion_tag("desk/_silent.html", takes_context=True)
def silent_offices(context: Context) -> dict[str, Any]:
    """Say at which offices nobody is connected though work is due, to whoever answers for them."""
    return {"silences": watch.list_silent(context["request"].user)}


@register.inclusion_tag("desk/_outlook.html", takes_context=True)
def outlook(context: Context) -> dict[str, Any]:
    """Say when this person's queue will be late at this rate, and why that is thought."""
    return {"seen": outlooks.of_user(context["request"].user)}


@register.inclusion_tag("desk/_public_word.html", takes_context=True)
def known_now(context: Context) -> dict[str, Any]:
    """Say which services are not taken now, and which banners are up."""
    may_announce = any(map(context["request"].user.may, PERMITTED))
    return {"shed": list(shedding.live().values()), "banners": list_live(), "may_announce": may_announce}


@register.simple_tag(takes_context=True)
def duty_pages(context: Context) -> list[dict[str, Any]]:
    """List the pages that this person's role opens, the present one marked."""
    request = context["request"]
    here = request.resolver_match
    return [
        {"page": page, "is_here": here.namespace == page.space and here.url_name in page.names}
        for page in duty.pages_of(request.user)
    ]


@register.filter
def verb(event: Event) -> str:
    """Say what an Event tells of."""
    return str({**registry.verbs, **_EVENTS, **LABELS}.get(event.verb, event.verb))


@register.filter("hex")
def in_hex(raw: bytes | memoryview) -> str:
    """Write bytes as people compare them."""
    return bytes(raw).hex()


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """Look up a key that is itself a variable."""
    return mapping.get(key)


@register.filter
def detail(value: object, key: str) -> object:
    """Write one value of an Event's detail; a purpose in words."""
    return dict(Purpose.choices).get(str(value), value) if key == "purpose" else value


@register.simple_tag
def share(part: int, whole: int) -> str:
    """Write a share in per cent; a dash where there is nothing to share."""
    return f"{100 * part / whole:.0f} %" if whole else "—"
