"""Services, their questions and Cases as Open311 names their parts."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bihuan.faces.open311.dates import show
from bihuan.kernel.xml import Value
from bihuan.spine.cases.models import Case, Service
from bihuan.spine.cases.queries.public import where_of, words_of
from bihuan.spine.cases.states import Status

Record = dict[str, Value]


def service_record(service: Service) -> Record:
    """A service as the list shows it. ``batch``: a request is answered with a token, its number comes later."""
    return {
        "service_code": service.code,
        "service_name": service.name,
        "description": service.about,
        "metadata": bool(service.questions),
        "type": "batch",
        "keywords": ", ".join(service.keywords),
        "group": service.group,
    }


def definition_record(service: Service) -> Record:
    """The questions of a service."""
    attributes: list[Value] = [
        _attribute(order, question) for order, question in enumerate(service.questions, 1)
    ]
    return {"service_code": service.code, "attributes": {"attribute": attributes}}


def _attribute(order: int, question: dict[str, Any]) -> Record:
    values: list[Value] = [
        {"key": choice["key"], "name": _said(choice)} for choice in question.get("choices", ())
    ]
    return {
        "variable": True,
        "code": question["code"],
        "datatype": question["kind"],
        "required": bool(question.get("required")),
        "datatype_description": None,
        "order": order,
        "description": _said(question),
        "values": {"value": values},
    }


def _said(named: dict[str, Any]) -> str:
    is_english = (get_language() or "").startswith("en")
    return str(named.get("en" if is_english else "zh") or named.get("zh", ""))


def request_record(case: Case) -> Record:
    """A Case as everybody may know of it."""
    where = where_of(case)
    assert case.service is not None  # the query leaves out those that have none
    return {
        "service_request_id": str(case.pk),
        "status": "open" if case.is_open else "closed",
        "status_notes": _notes(case),
        "service_name": case.service.name,
        "service_code": case.service.code,
        "description": words_of(case) or None,
        "agency_responsible": case.agency.name if case.agency else None,
        "service_notice": None,
        "requested_datetime": show(case.opened_at),
        "updated_datetime": show(case.changed_at if case.is_open else case.ended_at),
        "expected_datetime": show(case.resolve_by),
        "address": where.words or None,
        "address_id": where.site or None,
        "zipcode": None,
        "lat": where.lat,
        "long": where.lon,
        "media_url": None,
    }


def _notes(case: Case) -> str:
    label = str(Status(case.status).label)
    if case.merged_into_id is None:
        return label
    return _("%(status)s: %(number)d") % {"status": label, "number": case.merged_into_id}
