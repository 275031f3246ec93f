"""Links made, changed, switched; what goes by which code; and what a person decides of an unclear ask."""

from collections.abc import Mapping as Said
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Refused
from bihuan.kernel.private import seal
from bihuan.lines.abroad import wire
from bihuan.lines.abroad.models import Handing, Link, Mapping, State
from bihuan.lines.abroad.sending import hand_back, take_number, write
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.audit.actions import record
from bihuan.spine.audit.queries import newest_position
from bihuan.spine.cases.models import Service
from bihuan.spine.messages.outside import check_url

ATTRIBUTES = 40


@transaction.atomic
def add(*, by: User, agency: Agency, url: str, key: str = "", **said: Any) -> Link:
    """Link an agency to its server; refuses a second link and an address that may not be asked."""
    check_url(url)
    if Link.objects.filter(agency=agency).exists():
        raise Conflict(_("This agency is linked already."), field="agency")
    now = clock.now()
    link = Link.objects.create(
        agency=agency, url=url.rstrip("/"), key_sealed=seal(key) if key else None, made_at=now, made_by=by,
        position=newest_position(), heard_at=now, poll_at=now, **said,
    )  # fmt: skip
    _record(link, "abroad_linked", by)
    return link


@transaction.atomic
def change(*, link: Link, by: User, url: str, key: str = "", **said: Any) -> None:
    """Change a link; without a new key the old one stays."""
    check_url(url)
    fields: dict[str, Any] = {"url": url.rstrip("/"), **said}
    if key:
        fields["key_sealed"] = seal(key)
    if said.get("takes_updates") and not link.takes_updates:
        fields["position"] = newest_position()
    Link.objects.filter(pk=link.pk).update(**fields)
    _record(link, "abroad_changed", by)


def switch(*, link: Link, by: User, is_on: bool) -> bool:
    """Let Cases go there, or let none; say whether that changed anything."""
    with transaction.atomic():
        other = Link.objects.filter(pk=link.pk, is_active=not is_on)
        fields = {"poll_at": clock.now(), "failing_since": None, "error": ""} if is_on else {}
        if not other.update(is_active=is_on, **fields):
            return False
        _record(link, "abroad_on" if is_on else "abroad_off", by)
    return True


@transaction.atomic
def put_code(*, link: Link, by: User, service: Service, code: str, attributes: str) -> None:
    """Say under which code of theirs a service of ours goes out; no code: it stays here."""
    read = read_attributes(attributes)
    if code:
        Mapping.objects.update_or_create(
            link=link, service=service, defaults={"code": code, "attributes": read}
        )
    else:
        Mapping.objects.filter(link=link, service=service).delete()
    _record(link, "abroad_code", by)


def read_attributes(text: str) -> dict[str, str]:
    """Read lines of ``their_code: our_question`` or ``their_code: =word``; refuses a line that is neither."""
    read: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        code, colon, source = line.partition(":")
        if not (colon and code.strip() and source.strip()) or len(read) >= ATTRIBUTES:
            message = _("“%(line)s” is not of the form code: question or code: =word.")
            raise Refused(message % {"line": line[:40]}, code="attributes", field="attributes")
        read[code.strip()] = source.strip()
    return read


def show_attributes(attributes: Said[str, str]) -> str:
    """Write attributes as they are read."""
    return "\n".join(f"{code}: {source}" for code, source in attributes.items())


def settle(*, handing: Handing, by: User, number: str) -> None:
    """Say that they have it, and under which number; refuses when it was decided meanwhile."""
    with transaction.atomic():
        if handing.state != State.UNCLEAR or not take_number(handing, number):
            raise _decided()
        _record(handing.link, "abroad_settled", by)


def send_again(*, handing: Handing, by: User) -> None:
    """Say that they don't have it: it goes out again."""
    with transaction.atomic():
        fields = {"state": State.WAITING, "attempts": 0, "due_at": clock.now(), "error": ""}
        if handing.state != State.UNCLEAR or not write(handing, **fields):
            raise _decided()
        _record(handing.link, "abroad_settled", by)


def take_back(*, handing: Handing, by: User) -> None:
    """Say that it shall not go there: it comes back to the people who sort."""
    with transaction.atomic():
        if handing.state != State.UNCLEAR:
            raise _decided()
        hand_back(handing, _("taken back"))
        _record(handing.link, "abroad_settled", by)


def _decided() -> Conflict:
    return Conflict(_("That has been decided meanwhile."))


def try_out(link: Link) -> tuple[str, list[wire.Offered]]:
    """Ask a server what it offers: the endpoint that its discovery names, and its services.

    Raises
    ------
    Refused
        with what went wrong, for the person who tries.
    """
    try:
        return adopt_endpoint(link), wire.services(link)
    except Refused:
        raise
    except Exception as error:  # the library of http has many names for an answer that is none
        message = _("Nothing usable came back: %(why)s")
        raise Refused(message % {"why": f"{type(error).__name__}: {error}"[:200]}, code="trial") from error


def adopt_endpoint(link: Link) -> str:
    """Put the endpoint that a discovery document names in the place of its address; return it."""
    if wire.is_discovery(link.url):
        endpoint = wire.discover(link.url)
        check_url(endpoint)
        Link.objects.filter(pk=link.pk, url=link.url).update(url=endpoint)
        link.url = endpoint
    return link.url


def questions_of(link: Link) -> dict[str, list[str]]:
    """Return, for the codes that are in use, what they want answered; what can't be read is left out."""
    found: dict[str, list[str]] = {}
    for code in Mapping.objects.filter(link=link).values_list("code", flat=True).distinct()[:ATTRIBUTES]:
        try:
            found[code] = wire.required(link, code)
        except (wire.Away, wire.Refusal):
            continue
    return found


def _record(link: Link, verb: str, by: User) -> None:
    record(by=by, verb=verb, subject=link, agency_id=link.agency_id)
