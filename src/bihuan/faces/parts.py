"""Small pieces every template may use: icons, badges, squares. Registered as builtins in the settings."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import segno
from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from bihuan.kernel.ids import format_receipt
from bihuan.spine.cases.states import Status

register = template.Library()
register.filter("receipt", format_receipt)

SPRITE = "vendor/lucide/sprite.svg"
_SYMBOL = re.compile(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>', re.DOTALL)

# A status is told by its word and its shape; the colour only helps.
STATUS_ICONS = {
    Status.TRIAGE: "inbox",
    Status.WAITING: "hourglass",
    Status.ACCEPTED: "hand",
    Status.RETURNED: "undo-2",
    Status.WORKING: "footprints",
    Status.HOLD: "message-circle-question-mark",
    Status.RESOLVED: "clipboard-check",
    Status.REOPENED: "rotate-ccw",
    Status.CLOSED: "circle-check-big",
    Status.DECLINED: "ban",
    Status.WITHDRAWN: "circle-x",
    Status.MERGED: "merge",
    Status.SHELVED: "archive",
}


@cache
def _symbols() -> dict[str, str]:
    """Read the icons once. Drawn into the page they need no half-megabyte sprite on a telephone."""
    path = Path(settings.STATICFILES_DIRS[0]) / SPRITE
    if not path.exists():
        return {}
    return {name: " ".join(body.split()) for name, body in _SYMBOL.findall(path.read_text())}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon of the set; it says nothing to a screen reader, the word beside it does."""
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        css,
        mark_safe(_symbols().get(name, "")),  # noqa: S308 - our own vendored file
    )


@register.simple_tag
def status_badge(status: str) -> SafeString:
    """Draw the badge of a Case's status: shape, word, colour."""
    found = Status(status)
    return format_html(
        '<span class="badge status-{}">{}{}</span>', found.value, icon(STATUS_ICONS[found]), found.label
    )


def qr_square(address: str) -> SafeString:
    """Return an address as a QR code, an inline SVG; black on white in both schemes, because scanners want it so."""
    drawn = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, dark="#000", light="#fff", border=2
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 - segno draws modules, no text of anybody
