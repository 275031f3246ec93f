"""Twins and banners for programs of the offices: pairs to judge, known faults to announce."""

from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from bihuan.faces.api.deeds import Said
from bihuan.faces.api.pages import Paged, Turned
from bihuan.faces.api.shapes import Brief, Named, brief, named
from bihuan.faces.api.signing import StaffRequest
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import queries
from bihuan.spine.cases.banners import actions
from bihuan.spine.cases.banners.actions import PERMITTED, Circle
from bihuan.spine.cases.banners.area import case_of
from bihuan.spine.cases.banners.gathering import gather
from bihuan.spine.cases.banners.queries import access_banner, list_live
from bihuan.spine.cases.models import Banner, Judgement, Pair, Service
from bihuan.spine.cases.queries.paging import page
from bihuan.spine.cases.twins import judging
from bihuan.spine.places.models import Site

router = Router(tags=["twins and banners"])
LARGEST_ID = 2**63 - 1


class PairOut(Schema):
    """Two Cases that may be the same; ``signs`` are codes with their numbers, ``strength`` is 0 to 1."""

    id: int
    verdict: str
    strength: float
    signs: list[dict[str, Any]]
    older: Brief
    newer: Brief
    judged_at: datetime | None


class PairsOut(Paged):
    items: list[PairOut]


class Verdict(Said):
    """``same`` merges the two, ``other`` keeps them apart for ever."""

    verdict: Literal["same", "other"]


class Area(Said):
    """A drawn circle."""

    lon: float
    lat: float
    radius_m: float


class ToAnnounce(Said):
    """A known fault. ``services`` and ``sites`` are codes; an area is needed: sites, a circle, or both."""

    case: int
    services: list[str]
    words_zh: str
    words_en: str = ""
    sites: list[str] = Field(default_factory=list)
    circle: Area | None = None
    expected_at: datetime | None = None


class BannerOut(Schema):
    id: int
    case: int
    words_zh: str
    words_en: str
    services: list[Named]
    sites: list[Named]
    from_at: datetime
    expected_at: datetime | None
    ended_at: datetime | None
    caught_count: int


class BannersOut(Paged):
    items: list[BannerOut]


class GatheredOut(Schema):
    merged: int
    left: int


@router.get("/twins", response=PairsOut, summary="Pairs that wait to be judged, the likeliest first")
def list_pairs(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    _need(request, Permission.TRIAGE)
    rows, following = page(
        judging.waiting_pairs(request.auth), turned.cursor, turned.limit, "-strength", "id"
    )
    return {"items": [_pair(pair) for pair in rows], "next": following}


@router.post("/twins/{int:pair_id}/judge", response=PairOut, summary="Say whether two Cases are the same")
def judge(request: StaffRequest, pair_id: int, said: Verdict) -> dict[str, Any]:
    _need(request, Permission.TRIAGE)
    pair = judging.access_pair(request.auth, min(pair_id, LARGEST_ID))
    judging.judge(pair=pair, verdict=Judgement(said.verdict), by=request.auth)
    return _pair(judging.access_pair(request.auth, pair.pk))


@router.post("/twins/undo", response=PairOut, summary="Take back one's own latest judgement")
def undo(request: StaffRequest) -> dict[str, Any]:
    _need(request, Permission.TRIAGE)
    return _pair(judging.undo(by=request.auth))


@router.get("/banners", response=BannersOut, summary="The known faults that are announced now")
def list_banners(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    up = Banner.objects.filter(pk__in=[banner.pk for banner in list_live()])
    found = up.select_related("case__merged_into").prefetch_related("services", "sites")
    rows, following = page(found, turned.cursor, turned.limit, "id")
    return {"items": [_banner(banner) for banner in rows], "next": following}


@router.post("/banners/put_up", response={201: BannerOut}, summary="Announce a known fault from its Case")
def put_up(request: StaffRequest, said: ToAnnounce) -> Status[dict[str, Any]]:
    _need(request, *PERMITTED)
    banner = actions.put_up(
        services=_rows(Service, said.services, "services"),
        sites=_rows(Site, said.sites, "sites"),
        case=queries.access_case(request.auth, min(said.case, LARGEST_ID)),
        circle=Circle(**said.circle.dict()) if said.circle else None,
        words_zh=said.words_zh,
        words_en=said.words_en,
        expected_at=said.expected_at,
        by=request.auth,
    )
    return Status(201, _banner(banner))


@router.post("/banners/{int:banner_id}/end", response=BannerOut, summary="Take it down and tell everybody")
def take_down(request: StaffRequest, banner_id: int) -> dict[str, Any]:
    _need(request, *PERMITTED)
    banner = access_banner(request.auth, min(banner_id, LARGEST_ID))
    return _banner(actions.take_down(banner=banner, by=request.auth))


@router.post("/banners/{int:banner_id}/gather", response=GatheredOut, summary="Merge what was asked before")
def gather_before(request: StaffRequest, banner_id: int) -> dict[str, Any]:
    _need(request, *PERMITTED)
    banner = access_banner(request.auth, min(banner_id, LARGEST_ID))
    return gather(banner=banner, by=request.auth)._asdict()


def _need(request: StaffRequest, *permissions: Permission) -> None:
    if not any(map(request.auth.may, permissions)):
        raise Forbidden(str(permissions[0].label))


def _rows(model: Any, codes: list[str], field: str) -> list[Any]:
    found = list(model.objects.filter(code__in=codes))
    if len(found) != len(set(codes)):
        raise Refused(_("There is no such entry."), code=f"no_{field}", field=field)
    return found


def _pair(pair: Pair) -> dict[str, Any]:
    plain = ("id", "verdict", "strength", "signs", "judged_at")
    sides = {"older": brief(pair.older), "newer": brief(pair.newer)}
    return {name: getattr(pair, name) for name in plain} | sides


def _banner(banner: Banner) -> dict[str, Any]:
    plain = ("id", "words_zh", "words_en", "from_at", "expected_at", "ended_at", "caught_count")
    return {name: getattr(banner, name) for name in plain} | {
        "case": case_of(banner).pk,
        "services": [named(service) for service in banner.services.all()],
        "sites": [named(site) for site in banner.sites.all()],
    }
