"""An Event of a timeline in words: what, by whom, about what, and the few numbers that matter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bihuan.spine.accounts.models import Agency
from bihuan.spine.audit.models import ActorKind, Event
from bihuan.spine.cases.models.services import Service
from bihuan.spine.cases.reading import Purpose
from bihuan.spine.cases.registry import registry
from bihuan.spine.cases.states import Priority
from bihuan.spine.cases.words import LABELS

WORDS: dict[str, Promise] = {
    "opened": _("Opened"),
    "breached": _("Promise missed"),
    "climbed": _("Rung of the escalation ladder reached"),
    "recounted": _("Clocks counted anew"),
    "silent": _("Agency has nobody connected"),
    "heard": _("Agency is connected again"),
    "follow": _("Pointed at another case"),
    "join": _("Asks taken in by a banner"),
    "messages": _("Messages"),
    "reveal": _("Read personal data"),
    "export": _("Took a list away"),
    "retention": _("Personal data taken out in time"),
    "enter": _("Taken down on the telephone"),
    "not_twin": _("Found not to be a twin"),
    "twin_again": _("Judgement on a twin taken back"),
    "unmerge": _("Merge taken back"),
    "unshelve": _("Brought back from the shelf"),
    "added": _("Added in the administration"),
    "changed": _("Changed in the administration"),
    "issue_token": _("Token given out"),
    "revoke": _("Token taken back"),
    "rules_drafted": _("Draft of the rules begun"),
    "rules_discarded": _("Draft of the rules thrown away"),
    "rules_switched": _("Rules switched on"),
    "rules_switched_back": _("Rules switched back"),
    "rule_added": _("Rule added to the draft"),
    "rule_changed": _("Rule changed in the draft"),
    "rule_moved": _("Rule moved in the draft"),
    "rule_removed": _("Rule taken out of the draft"),
    "level_begun": _("First service levels written"),
    "level_copied": _("Draft of the service levels begun"),
    "level_in_force": _("Service levels put in force"),
    "calendar_added": _("Calendar added"),
    "calendar_edited": _("Calendar changed"),
    "ladder_changed": _("Escalation ladder changed"),
    "shift_added": _("Shift added"),
    "shift_removed": _("Shift removed"),
    "shed": _("Service set aside"),
    "unshed": _("Service taken up again"),
    "banner": _("Banner put up"),
    "banner_end": _("Banner taken down"),
    "refer": _("Put before the joint check"),
    "decide": _("Joint check decided"),
    "canned": _("Canned answer written"),
    "call_rang": _("Call came in"),
    "call_answered": _("Call answered"),
    "call_ended": _("Call ended"),
    "call_opened": _("Shown who calls"),
    "call_taken": _("Ask taken down from a call"),
    "call_seat": _("Extension taken"),
    "drill_started": _("Channel drill started"),
    "drill_answered": _("Channel drill answered"),
    "drill_closed": _("Channel drill over"),
    "channel_tested": _("Channel tested"),
    "contact_added": _("Own address written down"),
    "contact_removed": _("Own address taken away"),
    # Messages, by what they are about.
    "drill": _("Channel drill"),
    "channel_test": _("Channel test"),
    "received": _("Ask received"),
    "received_unsorted": _("Ask received, to be sorted"),
    "agency_new": _("Urgent case, to the agency"),
    "agency_breached": _("Promise missed, to the agency"),
    "rung": _("Escalation"),
    "rung_late": _("Escalation of a late case"),
    "joint": _("Case before the joint check"),
    "decided": _("Joint check decided"),
}
# What is told by the Event's own columns, or only rebuilds rows.
SILENT = {"set", "rows", "status", "service", "note_id", "messages", "fields", "told", "since", "wanted"}
KEYS: dict[str, Promise] = {
    "to": _("to"), "from": _("from"), "into": _("into"), "child": _("child"), "parent": _("parent"),
    "promise": _("promise"), "rule": _("rule"), "number": _("number"), "before": _("before"), "askers": _("askers"),
    "task_id": _("task"), "assignment_id": _("assignment"), "team_id": _("team"), "person_id": _("person"),
    "submission": _("submission"), "banner": _("banner"), "caught": _("caught"),
    "purpose": _("purpose"), "field": _("field"),
    "visit": _("asking back"), "asker": _("asker"), "reason": _("reason"), "site": _("site"), "rungs": _("rungs"),
    "consent": _("consent"), "kind": _("kind"), "supply": _("supply"), "found": _("found"), "case": _("case"),
    "lines": _("lines"), "as": _("file type"),
}  # fmt: skip
PROMISES: dict[str, Promise] = {
    "dispatch": _("dispatch"), "accept": _("accept"), "reply": _("first reply"), "resolve": _("resolve"),
}  # fmt: skip
FIELDS: dict[str, Promise] = {
    "name": _("name"),
    "phone": _("telephone"),
    "door": _("door"),
    "note": _("note"),
}
LONGEST = 90


@dataclass(frozen=True)
class Names:
    """Names for the numbers in Events, in the reader's language, read once for many Events."""

    agencies: dict[int, str] = field(default_factory=dict)
    services: dict[int, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Names":
        """Read the names of all agencies and services."""
        return cls(
            {agency.pk: agency.name for agency in Agency.objects.all()},
            {service.pk: service.name for service in Service.objects.only("name_zh", "name_en")},
        )


@dataclass(frozen=True)
class Line:
    """One line of a timeline as people read it."""

    event: Event
    what: str
    who: str
    agency: str
    service: str
    detail: str


def line(event: Event, names: Names) -> Line:
    """Say one Event in words."""
    return Line(
        event=event,
        what=what(event.verb),
        who=who(event),
        agency=names.agencies.get(event.agency_id or 0, ""),
        service=names.services.get(event.detail.get("service") or 0, ""),
        detail=detail(event, names),
    )


def what(verb: str) -> str:
    """Return what was done, as short as on a button."""
    return str(WORDS.get(verb) or LABELS.get(verb) or registry.verbs.get(verb) or verb)


def who(event: Event) -> str:
    """Return who acted."""
    if event.actor is not None:
        return str(event.actor)
    return gettext("the asker") if event.actor_kind == ActorKind.ASKER else gettext("the system")


def detail(event: Event, names: Names) -> str:
    """Return the numbers of an Event that a reader of the timeline wants."""
    if event.verb == "messages":
        return _messages(event.detail.get("messages", []))
    told = [
        f"{KEYS.get(key, key)} {_value(event.verb, key, value, names)}"
        for key, value in event.detail.items()
        if key not in SILENT and value not in (None, "", [], {})
    ]
    text = gettext(", ").join(told)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _messages(rows: list[list[Any]]) -> str:
    failed = sum(row[4] == "failed" for row in rows)
    sent = gettext("%(count)d sent") % {"count": len(rows) - failed}
    return f"{sent}{gettext(', ')}{gettext('%(count)d failed') % {'count': failed}}" if failed else sent


def _value(verb: str, key: str, value: Any, names: Names) -> str:
    if key == "rungs":
        return gettext(", ").join(f"{PROMISES[rung['promise']]} {rung['percent']} %" for rung in value)
    if verb in {"assign", "transfer", "return_to_triage"} and key in {"from", "to"}:
        return names.agencies.get(value, str(value))
    if verb == "reclassify" and key in {"from", "to"}:
        return names.services.get(value, str(value))
    codes = _codes(verb, key)
    several = value if isinstance(value, list) else [value]
    return gettext(", ").join(
        str(codes.get(one, one) if isinstance(one, str | int) else one) for one in several
    )


def _codes(verb: str, key: str) -> Mapping[Any, object]:
    """Return the words for the codes that a key of this Event may hold."""
    if key in {"promise", "field"}:
        return PROMISES if key == "promise" else FIELDS
    if verb == "set_priority":
        return dict(Priority.choices) if key in {"from", "to"} else {}
    if verb == "reveal":
        return {**registry.codes, **dict(Purpose.choices)}
    return registry.codes if verb in registry.verbs else {}
