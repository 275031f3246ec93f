"""The pages, as WSGI."""

import os

from django.core.checks import ERROR, Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application


def make_application() -> WSGIHandler:
    """Make the application; a server without its keys is refused before it answers anybody."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
    made = get_wsgi_application()
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    if errors := [message for message in found if message.level >= ERROR]:
        raise ImproperlyConfigured("\n".join(str(message) for message in errors))
    return made


application = make_application()
