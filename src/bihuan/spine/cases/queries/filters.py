"""What a queue is narrowed to; it lives in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self
from urllib.parse import urlencode

from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.ids import is_receipt, plain_receipt
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.cases.models import Asker, Service
from bihuan.spine.cases.queries.wording import holding
from bihuan.spine.cases.states import ENDED, Priority, Status
from bihuan.spine.places.models import District

TEXT_LIMIT = 100
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class QueueFilter:
    """Conditions of a queue. Words are codes; empty means any. Without a status the queue holds open Cases."""

    status: str = ""
    service: str = ""
    district: str = ""
    agency: str = ""
    priority: str = ""
    channel: str = ""
    late: bool = False
    mine: bool = False
    text: str = ""

    @classmethod
    def parse(cls, said: Mapping[str, str]) -> Self:
        """Read a query string's values; what is unknown is left out, so that an old address still opens."""
        kept = {field.name: _read(field.type, said.get(field.name, "")) for field in fields(cls)}
        if kept["status"] not in Status.values:
            kept["status"] = ""
        if kept["priority"] not in Priority.values:
            kept["priority"] = ""
        return cls(**kept)  # type: ignore[arg-type]  # each value has its field's type

    def to_query(self) -> str:
        """Write the query string that ``parse`` reads."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: "1" if value is True else value for name, value in said.items() if value})

    @property
    def is_ended(self) -> bool:
        return self.status in ENDED

    def condition(self, user: User) -> Q:
        """Return what a Case of this queue fulfils, whoever may see it."""
        # Said as a list of one: a bare yes or no is no equality to SQLite, and it would sort the whole range.
        found = Q(is_open__in=[not self.is_ended])
        if self.late:
            found &= Q(due_at__lt=clock.now())
        if self.mine:
            found &= Q(officer_id=user.pk)
        return found & self._codes() & _named(self.text)

    def _codes(self) -> Q:
        plain = {"status": self.status, "priority": self.priority, "channel": self.channel}
        # Ids are looked up first: with a join the database could not walk the index in order.
        ids = {
            "service_id": _id(Service, self.service),
            "district_id": _id(District, self.district),
            "agency_id": _id(Agency, self.agency),
        }
        kept = {name: value for name, value in (plain | ids).items() if value}
        return Q(**kept)


def _read(kind: object, text: str) -> str | bool:
    return text == "1" if kind is bool else text.replace("\x00", "").strip()[:TEXT_LIMIT]


def _id(model: type[Service] | type[District] | type[Agency], code: str) -> int:
    """Return the id that goes with a code: 0 for no code, -1 for an unknown one, which finds nothing."""
    if not code:
        return 0
    return model.objects.filter(code=code).values_list("id", flat=True).first() or -1


def _named(text: str) -> Q:
    """Read a Case's number, a receipt, or words of its summary."""
    if not text:
        return Q()
    plain = plain_receipt(text)
    if is_receipt(plain):
        return Q(
            pk__in=list(Asker.objects.filter(submission__receipt=plain).values_list("case_id", flat=True))
        )
    if plain.isdecimal() and int(plain) <= LARGEST_ID:
        return Q(pk=int(plain))
    return holding(text)
