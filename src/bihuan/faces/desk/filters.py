"""The queue's filter as a form, and the ready-made views above it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bihuan.faces.desk.widgets import PlainSelect
from bihuan.faces.desk.wording import CHANNELS
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.named import Named
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import own_agencies
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Service
from bihuan.spine.cases.queries import QueueFilter
from bihuan.spine.cases.states import Priority, Status
from bihuan.spine.places.models import District, DistrictLevel

SHOWN_COUNT = 99


def _select(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=PlainSelect({"class": "input"}))


class FilterForm(forms.Form):
    """Everything a queue can be narrowed by; what it holds is read by ``QueueFilter.parse``."""

    status = _select(_("State"))
    service = _select(_("Service"))
    district = _select(_("District"))
    agency = _select(_("Agency"))
    priority = _select(_("Priority"))
    channel = _select(_("Channel"))
    late = forms.BooleanField(label=_("late"), required=False)
    mine = forms.BooleanField(label=_("mine"), required=False)

    def __init__(self, user: User, filters: QueueFilter) -> None:
        super().__init__(initial=vars(filters), auto_id="filter-%s")
        self.is_set = filters != QueueFilter()
        for name, choices in named_choices(user).items():
            self.fields[name].choices = [("", _("any")), *choices]  # type: ignore[attr-defined]
        for name in ("late", "mine"):
            self.fields[name].widget.attrs["value"] = "1"


def named_choices(user: User) -> dict[str, list[tuple[str, object]]]:
    """Return what each filter can be set to, as far as this person knows it."""
    agencies = Agency.objects.all() if user.may(Permission.VIEW_ALL) else own_agencies(user)
    return {
        "status": list(Status.choices),
        "service": _named(Service.objects.filter(is_active=True)),
        "district": _named(District.objects.filter(level=DistrictLevel.COUNTY)),
        "agency": _named(agencies),
        "priority": list(Priority.choices),
        "channel": list(CHANNELS.items()),
    }


def _named(rows: Iterable[Named]) -> list[tuple[str, object]]:
    return [(row.code, row.name) for row in rows]  # type: ignore[attr-defined]  # all of these have a code


@dataclass(frozen=True)
class Tab:
    """A ready-made view with the number of its cases."""

    label: Promise
    query: str
    count: int
    is_here: bool
    is_alarm: bool

    @property
    def shown(self) -> str:
        return f"{SHOWN_COUNT}+" if self.count > SHOWN_COUNT else str(self.count)


_TABS: tuple[tuple[Promise, dict[str, Any], bool], ...] = (
    (_("All open"), {}, False),
    (_("To accept"), {"status": Status.WAITING.value}, False),
    (_("Late"), {"late": True}, True),
    (_("Mine"), {"mine": True}, False),
    (_("Asker's turn"), {"status": Status.HOLD.value}, False),
    (_("Reopened"), {"status": Status.REOPENED.value}, True),
)


def tabs(user: User, filters: QueueFilter) -> list[Tab]:
    """Return the views, the one in force marked; other filters stay in force."""
    bare = replace(filters, status="", late=False, mine=False)
    return [_tab(user, filters, replace(bare, **kept), label, alarm) for label, kept, alarm in _TABS]


def _tab(user: User, now: QueueFilter, then: QueueFilter, label: Promise, is_alarm: bool) -> Tab:
    count = queries.count_queue(user, then, limit=SHOWN_COUNT)
    return Tab(label, then.to_query(), count, is_here=now == then, is_alarm=is_alarm)
