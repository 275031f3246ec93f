"""What a telephone keeps for the time without a network: the list of files, and its version."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

SHELL = (
    "css/tokens.css", "css/base.css", "css/page.css", "css/parts.css", "css/forms.css", "css/status.css",
    "css/portal.css", "img/mark.svg", "js/theme.js", "js/page.js", "js/portal/waiting.js",
    "js/portal/outbox.js", "js/portal/ask.js", "js/portal/draft.js",
    "js/portal/sending.js", "js/portal/place.js", "js/portal/map.js", "vendor/htmx/htmx.min.js",
    "vendor/maplibre/maplibre-gl.css",
)  # fmt: skip


def shell_urls() -> list[str]:
    """List the addresses of the files every page of the portal needs."""
    return [static(name) for name in SHELL]


@cache
def version() -> str:
    """Return a word that changes when any of those files changes."""
    digest = hashlib.sha256()
    for name in SHELL:
        path = Path(settings.STATICFILES_DIRS[0]) / name
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()[:12]
