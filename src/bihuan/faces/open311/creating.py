"""From a form of Open311 to the door. Nothing that was sent is dropped: what has no field joins the words."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from bihuan.faces.open311.answers import Wrong
from bihuan.kernel.private import keyed_hash
from bihuan.spine.accounts.models import User
from bihuan.spine.cases.models import Service
from bihuan.spine.cases.queries.public import public_services
from bihuan.spine.door.entry import LENGTHS
from bihuan.spine.door.models import Submission
from bihuan.spine.door.submit import Received, submit
from bihuan.spine.places.models import Site

CHANNEL = "open311"
DESCRIPTION = 4000
SAME_FOR = timedelta(days=1)
_ATTRIBUTE = re.compile(r"attribute\[([^\]]*)\](\[\])?")
_NO_PLACE = "#NOTPINPOINTED#"  # FixMyStreet's word for a position that the person did not set
Attributes = dict[str, list[str]]


def create(request: HttpRequest, holder: User, now: datetime) -> Received:
    """Hand a request in at the door. Sent again within a day, it is answered with the same receipt."""
    said = request.POST
    service = _service_of(said)
    photo = next(iter(request.FILES.values()), None)
    picture = cast(BinaryIO, photo) if photo else None
    body = _body(said, service) | {"channel": CHANNEL}
    client_id, earlier = _names_of(body, picture, holder, now)
    if Submission.objects.filter(client_id=earlier, received_at__gt=now - SAME_FOR).exists():
        client_id = earlier
    return submit({**body, "client_id": client_id}, picture)


def _service_of(said: QueryDict) -> Service:
    code = said.get("service_code", "").strip()
    if not code:
        raise Wrong(400, _("service_code is needed."))
    service = public_services().filter(code=code).first()
    if service is None:
        raise Wrong(404, _("There is no service_code %(code)s.") % {"code": code[:40]})
    return service


def _body(said: QueryDict, service: Service) -> dict[str, Any]:
    text = {name: said.get(name, "").strip() for name in ("description", "phone", "media_url", "first_name")}
    if len(text["description"]) > DESCRIPTION:
        raise Wrong(400, _("description holds %(count)d characters at most.") % {"count": DESCRIPTION})
    attributes = _attributes(said)
    answers = _answers(attributes, service)
    name = f"{text['first_name']} {said.get('last_name', '').strip()}".strip()
    place = _place(said)
    words = [*_place_words(said), *_unasked(attributes, service), text["media_url"]]
    body = {
        "service": service.code,
        "text": "\n".join(filter(None, [text["description"], *words])),
        "phone": text["phone"],
        "name": name[: LENGTHS["name"]],
        "answers": answers,
    }
    return {key: value for key, value in (body | place).items() if value not in ("", None, {})}


# --- Where -------------------------------------------------------------------------------------------------


def _place(said: QueryDict) -> dict[str, Any]:
    """Read the one place that has to be given: a position, an address, or the id of a site of ours."""
    lat, long = said.get("lat", "").strip(), said.get("long", "").strip()
    address, site_id = said.get("address_string", "").strip(), _site_id(said)
    if bool(lat) != bool(long):
        raise Wrong(400, _("lat and long belong together."))
    site = Site.objects.filter(code=site_id).first() if site_id else None
    if not (lat or address or site):
        raise Wrong(400, _unplaced(site_id))
    position = {"lat": _degrees(lat, "lat"), "lon": _degrees(long, "long")} if lat else {}
    if site and not position:
        position = {"lat": site.lat, "lon": site.lon}
    named = address or (site.name if site else "")
    return {**position, "site": named[: LENGTHS["site"]]}


def _unplaced(site_id: str) -> str:
    if site_id:
        return _("There is no address_id %(id)s.") % {"id": site_id[:40]}
    return _("A place is needed: lat and long, address_string or address_id.")


def _site_id(said: QueryDict) -> str:
    site_id = said.get("address_id", "").strip()
    return "" if site_id == _NO_PLACE else site_id


def _place_words(said: QueryDict) -> Iterator[str]:
    """Give an address whole where the field for it is too short."""
    address = said.get("address_string", "").strip()
    if len(address) > LENGTHS["site"]:
        yield address


def _degrees(text: str, name: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Wrong(400, _("%(name)s is a number of degrees.") % {"name": name}) from None


# --- Answers to the service's questions -----------------------------------------------------------------------


def _attributes(said: QueryDict) -> Attributes:
    found: Attributes = {}
    for name, values in said.lists():
        if match := _ATTRIBUTE.fullmatch(name):
            found.setdefault(match[1], []).extend(str(value) for value in values if value)
    return {code: values for code, values in found.items() if values}


def _answers(attributes: Attributes, service: Service) -> dict[str, str | list[str]]:
    kinds = {question["code"]: question["kind"] for question in service.questions}
    return {
        code: values if kinds[code] == "multivaluelist" else values[0] if len(values) == 1 else values
        for code, values in attributes.items()
        if code in kinds
    }


def _unasked(attributes: Attributes, service: Service) -> Iterator[str]:
    """Tell what clients send beside the questions (a title, a link to their own page)."""
    asked = {question["code"] for question in service.questions}
    for code, values in attributes.items():
        if code not in asked:
            yield f"{code}: {', '.join(values)}"


# --- Sent twice ------------------------------------------------------------------------------------------------


def _names_of(body: dict[str, Any], picture: BinaryIO | None, holder: User, now: datetime) -> tuple[str, str]:
    """Name a request after what it says and the day; give its name of the day before, too."""
    told = json.dumps(body, sort_keys=True) + _digest(picture)
    name = f"{prefix_of(holder)}{keyed_hash(told).hex()}"
    day = int(now.timestamp() // SAME_FOR.total_seconds())
    return f"{name}:{day}", f"{name}:{day - 1}"


def prefix_of(holder: User) -> str:
    """Return how the client ids begin of what came in by somebody's key."""
    return f"{CHANNEL}:{holder.pk}:"


def _digest(picture: BinaryIO | None) -> str:
    if picture is None:
        return ""
    found = hashlib.file_digest(picture, "sha256").hexdigest()  # type: ignore[arg-type]  # an upload reads like a file
    picture.seek(0)
    return found
