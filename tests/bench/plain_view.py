"""The peer of the door: a plain Django view that makes the same row with the ORM, under the usual middleware."""

import json
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

# What `startproject` writes.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


@csrf_exempt
def take(request: HttpRequest) -> JsonResponse:
    """Check the body as the door does, insert the row, answer when it is committed."""
    from bihuan.kernel import clock
    from bihuan.spine.door import intake, models

    row = intake.take_in(request.body, SERVICES, clock.now()).row
    models.Submission.objects.create(**row._asdict() | {"answers": json.loads(row.answers)})
    return JsonResponse({"receipt": row.receipt, "status_url": f"/r/{row.receipt}/"}, status=201)


def nothing(request: HttpRequest) -> JsonResponse:
    """Say that the server is up."""
    return JsonResponse({}, status=404)


urlpatterns = [path("plain", take), path("nothing", nothing)]
SERVICES: dict[str, Any] = {}


def make() -> WSGIHandler:
    """Make the application; the services are read once."""
    django.setup()
    settings.MIDDLEWARE = MIDDLEWARE
    settings.ROOT_URLCONF = __name__
    settings.SECURE_SSL_REDIRECT = False
    settings.DATABASES["default"]["CONN_MAX_AGE"] = None
    from bihuan.spine.door import needs

    SERVICES.update(needs.current())
    return WSGIHandler()
