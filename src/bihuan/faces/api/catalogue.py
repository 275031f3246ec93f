"""What a program has to know first: who it is, what can be asked for, whom it may send; and photos."""

from typing import Any, BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from bihuan.faces.api.pages import Paged, Turned
from bihuan.faces.api.shapes import Named, named
from bihuan.faces.api.signing import StaffRequest
from bihuan.kernel.errors import Forbidden
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.models import Service
from bihuan.spine.cases.queries.paging import page
from bihuan.spine.cases.registry import INTERNAL
from bihuan.spine.door.models import Photo
from bihuan.spine.door.photos import keep_photo
from bihuan.spine.resources.queries import list_people, list_teams

router = Router(tags=["catalogue"])


class Me(Schema):
    username: str
    name: str
    agency: Named | None
    role: Named | None
    permissions: list[str]


class ServiceOut(Named):
    """A service with its questions (Open311's kinds) and what a Submission must carry."""

    about: str
    group: str
    needs: list[str]
    questions: list[dict[str, Any]]
    is_anonymous: bool
    emergency_number: str


class Services(Paged):
    items: list[ServiceOut]


class TeamOut(Schema):
    id: int
    name: str
    agency: Named


class Teams(Paged):
    items: list[TeamOut]


class ColleagueOut(Schema):
    username: str
    name: str
    agency: Named | None


class PeopleOut(Paged):
    items: list[ColleagueOut]


class PhotoOut(Schema):
    id: UUID
    width: int
    height: int


@router.get("/me", response=Me, summary="Who this token belongs to")
def show_me(request: StaffRequest) -> dict[str, Any]:
    user = request.auth
    return {
        "username": user.username,
        "name": str(user),
        "agency": named(user.agency),
        "role": named(user.role),
        "permissions": [each.value for each in Permission if user.may(each)],
    }


@router.get("/services", response=Services, auth=None, summary="What can be asked for")
def list_services(request: HttpRequest, turned: Query[Turned]) -> dict[str, Any]:
    offered = Service.objects.filter(is_active=True).exclude(group=INTERNAL)
    rows, following = page(offered, turned.cursor, turned.limit, "code")
    return {"items": rows, "next": following}


@router.get("/teams", response=Teams, summary="Whom this person may send")
def list_own_teams(request: StaffRequest, turned: Query[Turned], agency: str = "") -> dict[str, Any]:
    teams = list_teams(request.auth)
    own = teams.filter(agency__code=agency) if agency else teams
    rows, following = page(own, turned.cursor, turned.limit, "agency__path", "id")
    return {"items": rows, "next": following}


@router.get("/people", response=PeopleOut, summary="Which people this person may send")
def list_own_people(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    people = list_people(request.auth).select_related("agency")
    rows, following = page(people, turned.cursor, turned.limit, "username")
    items = [{"username": one.username, "name": str(one), "agency": named(one.agency)} for one in rows]
    return {"items": items, "next": following}


@router.post("/photos", response={201: PhotoOut}, summary="Hand in a photo, to be named as proof of work")
def upload(request: StaffRequest, photo: File[UploadedFile]) -> Status[Photo]:
    if not (request.auth.may(Permission.WORK) or request.auth.may(Permission.ENTER)):
        raise Forbidden(_("Your role does not include handing in photos."))
    return Status(201, keep_photo(cast(BinaryIO, photo)))
