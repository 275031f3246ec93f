"""A photo, for those who may see the Case it belongs to; nobody else learns that it exists."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bihuan.faces.portal.photos import access_photo, read_photo


@require_safe
@cache_control(private=True, max_age=3600)
def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    return HttpResponse(read_photo(access_photo(request, photo_id)), content_type="image/jpeg")
