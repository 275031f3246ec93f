"""What a telephone keeps for the time without a network: the shell's files, and those of each line's page."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from bihuan.spine.cases.registry import registry

SHELL = (
    "css/tokens.css", "css/base.css", "css/page.css", "css/parts.css", "css/forms.css", "css/status.css",
    "css/print.css", "img/mark.svg", "js/theme.js", "js/page.js", "vendor/htmx/htmx.min.js",
    "field/field.css", "field/install.js",
)  # fmt: skip


def files() -> list[str]:
    """List the static files of the shell and of every page in it."""
    of_pages = (name for page in registry.field_pages.values() for name in page.files)
    return list(dict.fromkeys((*SHELL, *of_pages)))


def kept_pages() -> list[str]:
    """List the addresses that open without a network."""
    return [reverse("field:home"), *(reverse(name) for name in registry.field_pages)]


def version() -> str:
    """Return a word that changes when any of the files or the worker itself changes."""
    digest = hashlib.sha256((Path(__file__).parent / "templates/field/sw.js").read_bytes())
    for name in files():
        digest.update(name.encode() + _content(name))
    return digest.hexdigest()[:12]


def _content(name: str) -> bytes:
    found = finders.find(name)
    path = Path(found) if isinstance(found, str) else Path(settings.STATIC_ROOT) / name
    return path.read_bytes() if path.exists() else b""


def file_urls() -> list[str]:
    """List the addresses of the files."""
    return [static(name) for name in files()]
