"""The square that enrols a device."""

from io import BytesIO

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def square(text: str) -> SafeString:
    """Draw a text as a QR code; black on white in both schemes, because scanners want it so."""
    drawn = BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, dark="#000", light="#fff", border=3
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 - segno draws modules, no text of anybody
