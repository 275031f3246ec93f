"""Fields drawn quickly: the desk's pages have hundreds of options."""

from typing import Any, ClassVar

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_CHOSEN, _NOT = mark_safe(" selected"), mark_safe("")


class CannedSelect(forms.Select):
    """A select of canned answers; each option holds its words, so that the page's script can fill them in."""

    texts: ClassVar[dict[str, str]] = {}

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        options = [(code, self.texts.get(str(code), ""), label) for code, label in self.choices]
        body = format_html_join("", '<option value="{}" data-text="{}">{}</option>', options)
        return format_html(
            "<select data-canned{}>{}</select>", flatatt({"name": name, **self.attrs, **(attrs or {})}), body
        )


class PlainSelect(forms.Select):
    """A select drawn in one go; Django's draws every option by a template of its own."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        wanted = "" if value is None else str(value)
        options = [(code, _CHOSEN if str(code) == wanted else _NOT, label) for code, label in self.choices]
        body = format_html_join("", '<option value="{}"{}>{}</option>', options)
        return format_html(
            "<select{}>{}</select>", flatatt({"name": name, **self.attrs, **(attrs or {})}), body
        )
