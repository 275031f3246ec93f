"""Endpoints made, changed, switched on and off. Each change leaves an Event; a secret is shown once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import seal
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.audit.actions import SYSTEM, Actor, record
from bihuan.spine.messages import actions, inbox
from bihuan.spine.messages.outside import check_url
from bihuan.spine.messages.webhooks.feeding import delivery_of
from bihuan.spine.messages.webhooks.kinds import KINDS, PING
from bihuan.spine.messages.webhooks.models import Delivery, DeliveryStatus, Endpoint
from bihuan.spine.messages.webhooks.signing import new_secret
from bihuan.spine.messages.wording import CHINESE

GONE, SILENT, BY_HAND = "gone", "silent", "by hand"
OLD_SECRET_FOR = timedelta(days=1)
Deed = Literal["on", "off", "trial", "resend"]


@transaction.atomic
def add(
    *, by: User, url: str, about: str = "", agency: Agency | None = None, kinds: Sequence[str] = ()
) -> tuple[Endpoint, str]:
    """Make an endpoint and return it with its secret; refuses an address or a kind that is none."""
    check_url(url)
    if unknown := sorted(set(kinds) - set(KINDS)):
        raise Refused(_("There is no kind %(kind)s.") % {"kind": unknown[0]}, code="kind", field="kinds")
    secret = new_secret()
    endpoint = Endpoint.objects.create(
        url=url, about=about, agency=agency, kinds=list(kinds), secret_sealed=seal(secret), made_at=clock.now(),
        made_by=by,
    )  # fmt: skip
    _record(endpoint, "webhook_added", by)
    return endpoint, secret


@transaction.atomic
def change_secret(*, endpoint: Endpoint, by: User) -> str:
    """Give an endpoint another secret and return it; for a day both sign."""
    secret, now = new_secret(), clock.now()
    Endpoint.objects.filter(pk=endpoint.pk).update(
        secret_sealed=seal(secret), old_secret_sealed=endpoint.secret_sealed, old_until=now + OLD_SECRET_FOR
    )
    _record(endpoint, "webhook_secret", by)
    return secret


def switch_on(*, endpoint: Endpoint, by: User) -> bool:
    """Let an endpoint hear again; what waited goes out now. Say whether it was off."""
    now = clock.now()
    with transaction.atomic():
        off = Endpoint.objects.filter(pk=endpoint.pk, is_active=False)
        if not off.update(is_active=True, off_why="", failing_since=None):
            return False
        endpoint.deliveries.filter(status=DeliveryStatus.WAITING).update(due_at=now)
        _record(endpoint, "webhook_on", by)
    return True


def switch_off(endpoint: Endpoint, why: str, by: User | Actor = SYSTEM) -> bool:
    """Let an endpoint hear nothing more, and tell whoever made it when that was not by hand."""
    with transaction.atomic():
        on = Endpoint.objects.filter(pk=endpoint.pk, is_active=True)
        if not on.update(is_active=False, off_why=why):
            return False
        _record(endpoint, "webhook_off", by)
        if why != BY_HAND and endpoint.made_by is not None:
            with translation.override(CHINESE):
                context = {
                    "words": endpoint.url,
                    "url": f"{settings.BIHUAN_SITE_URL}/desk/webhooks/{endpoint.pk}/",
                }
                actions.send_many(
                    inbox.draft_to(endpoint.made_by, "webhook_off", language=CHINESE, context=context)
                )
    return True


def ping(endpoint: Endpoint) -> Delivery:
    """Send a trial."""
    delivery = delivery_of(endpoint, PING, {})
    delivery.save(force_insert=True)
    return delivery


def resend(*, delivery: Delivery, by: User) -> None:
    """Send once more, now, under the same id."""
    now = clock.now()
    ended = Delivery.objects.filter(pk=delivery.pk).exclude(status=DeliveryStatus.WAITING)
    ended.update(status=DeliveryStatus.WAITING, attempts=0, due_at=now, ended_at=None, claimed_until=None)
    _record(delivery.endpoint, "webhook_resent", by)


def resend_failed(*, endpoint: Endpoint, by: User) -> int:
    """Send all that was given up once more; return how many."""
    now = clock.now()
    failed = endpoint.deliveries.filter(status=DeliveryStatus.FAILED)
    count = failed.update(
        status=DeliveryStatus.WAITING, attempts=0, due_at=now, ended_at=None, claimed_until=None
    )
    _record(endpoint, "webhook_resent", by)
    return count


def do(deed: Deed, *, endpoint: Endpoint, by: User) -> None:
    """Do one of the things that a person or a program does with an endpoint by its name."""
    match deed:
        case "on":
            switch_on(endpoint=endpoint, by=by)
        case "off":
            switch_off(endpoint, BY_HAND, by)
        case "trial":
            ping(endpoint)
        case "resend":
            resend_failed(endpoint=endpoint, by=by)


def _record(endpoint: Endpoint, verb: str, by: User | Actor) -> None:
    record(by=by, verb=verb, subject=endpoint, agency_id=endpoint.agency_id)
