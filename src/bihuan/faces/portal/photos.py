"""Who may see a photo: staff who may see its Case, and the asker who holds its receipt."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest

from bihuan.faces.portal.receipts import access_receipt
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.models import Asker, Note
from bihuan.spine.cases.queries import visible_cases
from bihuan.spine.cases.story import FOR_ASKERS
from bihuan.spine.door.models import Photo
from bihuan.spine.door.photos import file_of


def access_photo(request: HttpRequest, photo_id: UUID) -> Photo:
    """Fetch a photo that this person may see; 404 else, whether or not it exists."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is None or not (_is_staffs(request, photo) or _is_askers(request, photo)):
        raise Http404
    return photo


def read_photo(photo: Photo) -> bytes:
    """Read the picture itself; 404 when retention has taken it away."""
    if not photo.path or not file_of(photo).exists():
        raise Http404
    return file_of(photo).read_bytes()


def _is_staffs(request: HttpRequest, photo: Photo) -> bool:
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return False
    if visible_cases(user).filter(_of_photo(photo)).exists():
        return True
    is_unsorted = photo.submission_id is not None and not Asker.objects.filter(submission=photo.submission_id)
    return is_unsorted and user.may(Permission.TRIAGE)


def _of_photo(photo: Photo) -> Q:
    own = Q(pk__in=Note.objects.filter(photo=photo).values("case"))
    if photo.submission_id is None:
        return own
    return own | Q(pk__in=Asker.objects.filter(submission=photo.submission_id).values("case"))


def _is_askers(request: HttpRequest, photo: Photo) -> bool:
    """The address names the receipt under which the asker looks."""
    receipt = request.GET.get("receipt", "")
    if not receipt:
        return False
    held = access_receipt(request, receipt)
    if not held.is_proven:
        return False
    if photo.submission_id is not None:
        return photo.submission_id == held.submission.pk
    if held.asker is None:
        return False
    return Note.objects.filter(photo=photo, case=held.asker.case_id, kind__in=FOR_ASKERS).exists()
