"""Changing the rules that find an owner: a draft, its rules, putting it in force, going back to an edition."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import Field, Query, Router, Schema, Status

from bihuan.faces.api.deeds import Said, found
from bihuan.faces.api.pages import Paged, Turned
from bihuan.faces.api.signing import StaffRequest
from bihuan.faces.api.sorting import EditionOut, edition_said, may
from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.accounts.models import Agency
from bihuan.spine.accounts.permissions import Permission as P  # noqa: N817 - a table is read by its columns
from bihuan.spine.cases.models import Edition, Rule, Service
from bihuan.spine.cases.queries.paging import page
from bihuan.spine.cases.sorting import drafting, editions
from bihuan.spine.cases.sorting.sentences import sentence_of
from bihuan.spine.cases.states import Priority
from bihuan.spine.places.models import District, Site, ZoneState

router = Router(tags=["rules"])
LARGEST = 2**63 - 1
NAME_LIMIT = 120


class RuleIn(Said):
    """One rule; a condition that is empty fits everything. Services, districts, sites, agencies are codes."""

    agency: str
    service: str = ""
    district: str = ""
    site: str = ""
    words: list[str] = Field(default_factory=list)
    zone_state: str = ""
    priority: str = ""
    name_zh: str = Field("", max_length=NAME_LIMIT)
    name_en: str = Field("", max_length=NAME_LIMIT)
    is_active: bool = True
    number: int | None = Field(None, ge=1, le=drafting.MOST_RULES)


class ToMove(Said):
    """The place in the order that the rule is to have."""

    to: int = Field(ge=1, le=drafting.MOST_RULES)


class ToSwitch(Said):
    """The revision of the draft that was tried."""

    revision: int


class EditionBrief(Schema):
    edition: int
    state: str
    revision: int
    switched_at: datetime | None


class EditionsOut(Paged):
    items: list[EditionBrief]


@router.get("/rules/editions", response=EditionsOut, summary="The editions of the rules, the newest first")
def list_editions(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    may(request, P.RULES, P.STEER)
    rows, following = page(Edition.objects.all(), turned.cursor, turned.limit, "-id")
    names = ("state", "revision", "switched_at")
    items = [{"edition": row.pk} | {name: getattr(row, name) for name in names} for row in rows]
    return {"items": items, "next": following}


@router.get("/rules/editions/{int:edition_id}", response=EditionOut, summary="The rules of one edition")
def show_edition(request: StaffRequest, edition_id: int) -> dict[str, Any]:
    may(request, P.RULES, P.STEER)
    return edition_said(_edition(edition_id))


@router.post("/rules/editions/{int:edition_id}/back", response=EditionOut, summary="Go back to an edition")
def go_back(request: StaffRequest, edition_id: int) -> dict[str, Any]:
    may(request, P.RULES)
    return edition_said(editions.switch_back(edition=_edition(edition_id), by=request.auth))


@router.post(
    "/rules/draft/begin", response={201: EditionOut}, summary="Begin a draft with the rules in force"
)
def begin_rules(request: StaffRequest) -> Status[dict[str, Any]]:
    return Status(201, edition_said(editions.begin_draft(by=request.auth)))


@router.post("/rules/draft/discard", response={204: None}, summary="Throw the draft away")
def discard_rules(request: StaffRequest) -> Status[None]:
    editions.discard(edition=_draft(request), by=request.auth)
    return Status(204, None)


@router.post("/rules/draft/switch", response=EditionOut, summary="Put the draft in force, as it was tried")
def switch_rules(request: StaffRequest, said: ToSwitch) -> dict[str, Any]:
    made = editions.switch_on(edition=_draft(request), revision=said.revision, by=request.auth)
    return edition_said(made)


@router.post("/rules/draft/rules", response={201: EditionOut}, summary="Add a rule to the draft")
def add_rule(request: StaffRequest, said: RuleIn) -> Status[dict[str, Any]]:
    draft = _draft(request)
    drafting.add_rule(edition=draft, by=request.auth, **_rule_said(said))
    return Status(201, _now(draft))


@router.put("/rules/draft/rules/{int:rule_id}", response=EditionOut, summary="Change a rule of the draft")
def change_rule(request: StaffRequest, rule_id: int, said: RuleIn) -> dict[str, Any]:
    draft = _draft(request)
    drafting.change_rule(rule=_rule(draft, rule_id), by=request.auth, **_rule_said(said))
    return _now(draft)


@router.post("/rules/draft/rules/{int:rule_id}/move", response=EditionOut, summary="Move a rule in the order")
def move_rule(request: StaffRequest, rule_id: int, said: ToMove) -> dict[str, Any]:
    draft = _draft(request)
    drafting.move_rule(rule=_rule(draft, rule_id), to=said.to, by=request.auth)
    return _now(draft)


@router.delete(
    "/rules/draft/rules/{int:rule_id}", response=EditionOut, summary="Take a rule out of the draft"
)
def remove_rule(request: StaffRequest, rule_id: int) -> dict[str, Any]:
    draft = _draft(request)
    drafting.remove_rule(rule=_rule(draft, rule_id), by=request.auth)
    return _now(draft)


def _draft(request: StaffRequest) -> Edition:
    may(request, P.RULES)
    draft = editions.draft()
    if draft is None:
        raise Conflict(_("There is no draft."), code="no_draft")
    return draft


def _edition(number: int) -> Edition:
    edition = Edition.objects.filter(pk=min(number, LARGEST)).first()
    if edition is None:
        raise Http404
    return edition


def _rule(draft: Edition, number: int) -> Rule:
    return drafting.rule_of_draft(draft, min(number, LARGEST))


def _now(draft: Edition) -> dict[str, Any]:
    draft.refresh_from_db()  # each change counts its revision
    return edition_said(draft)


def _rule_said(said: RuleIn) -> dict[str, Any]:
    """Return what the action takes; a rule without a name is called by what it says."""
    fields = said.dict(exclude={"number"}) | {
        "agency": found(Agency, "agency", code=said.agency),
        "service": found(Service, "service", code=said.service) if said.service else None,
        "district": found(District, "district", code=said.district) if said.district else None,
        "site": found(Site, "site", code=said.site) if said.site else None,
    }
    for name, known in (("zone_state", ZoneState), ("priority", Priority)):
        if fields[name] and fields[name] not in known.values:
            raise Refused(_("There is no such entry."), code=f"no_{name}", field=name)
    rule = Rule(**{name: value for name, value in fields.items() if not name.startswith("name_")})
    for name, language in (("name_zh", "zh-hans"), ("name_en", "en")):
        fields[name] = fields[name] or _sentence(rule, language)
    return fields | ({"number": said.number} if said.number else {})


def _sentence(rule: Rule, language: str) -> str:
    with override(language):
        return sentence_of(rule)[:NAME_LIMIT]
