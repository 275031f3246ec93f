"""The verbs an officer may press: which form each asks with, and which action it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext

from bihuan.faces.desk import forms, places
from bihuan.faces.desk.wording import number
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.cases import actions, queries
from bihuan.spine.cases.models import Asker, Assignment, Case, Task
from bihuan.spine.cases.words import LABELS
from bihuan.spine.door.photos import keep_photo, remove_file
from bihuan.spine.resources.models import Team

Said = dict[str, Any]
Do = Callable[[Case, User, Said], object]


@dataclass(frozen=True)
class Deed:
    """One verb: its form, its action, its icon, and how much it stands out."""

    verb: str
    form: type[forms.DeedForm]
    do: Do
    icon: str
    tone: str = "plain"
    on_page: bool = True
    """Whether it stands among the actions of the Case page; tasks have their own place."""

    @property
    def label(self) -> Promise:
        return LABELS[self.verb]

    @property
    def asks(self) -> bool:
        return bool(self.form.base_fields)


def _plain(action: Callable[..., object], *names: str) -> Do:
    """Call an action with the named answers of its form."""
    return lambda case, by, said: action(case=case, by=by, **{name: said[name] for name in names})


def _resolve(case: Case, by: User, said: Said) -> object:
    photo = keep_photo(said["photo"]) if said["photo"] else None
    try:
        return actions.resolve(case=case, by=by, reply=said["reply"], photo=photo)
    except Refused:
        if photo is not None:
            photo.delete()
            remove_file(photo)
        raise


def _confirm(case: Case, by: User, said: Said) -> object:
    asker = _asker(case, said)
    return actions.confirm(case=case, by=by, asker=asker, content=said["content"])


def _reopen(case: Case, by: User, said: Said) -> object:
    asker = _asker(case, said)
    return actions.reopen(case=case, by=by, asker=asker, reason=said["reason"], content=said["content"])


def _asker(case: Case, said: Said) -> Asker | None:
    number = said.get("asker")
    return _found(case.askers.filter(pk=number).first()) if number else None


def _merge(case: Case, by: User, said: Said) -> object:
    return actions.merge(case=case, into=queries.access_case(by, said["into"]), by=by)


def _relocate(case: Case, by: User, said: Said) -> object:
    site, district = places.site_or_district(said["site"], said["place"])
    return actions.relocate(case=case, by=by, site=site, district=district, find_owner=said["find_owner"])


def _dispatch(case: Case, by: User, said: Said) -> object:
    kind, _, key = said["unit"].partition("-")
    model: type[Team | User] = Team if kind == "team" else User
    task = _found(Task.objects.filter(case=case, pk=said["task"]).first())
    return actions.dispatch(task=task, by=by, **{kind: _found(model.objects.filter(pk=key).first())})


def _on_assignment(action: Callable[..., object]) -> Do:
    def do(case: Case, by: User, said: Said) -> object:
        mine = Assignment.objects.select_related("task__case").filter(task__case=case, pk=said["assignment"])
        return action(assignment=_found(mine.first()), by=by)

    return do


def _found(row: Any) -> Any:
    if row is None:
        raise Http404
    return row


_ALL = (
    Deed("accept", forms.DeedForm, _plain(actions.accept), "hand", "main"),
    Deed("resolve", forms.ReplyForm, _resolve, "clipboard-check", "main"),
    Deed("assign", forms.AgencyForm, _plain(actions.assign, "agency", "reason"), "send", "main"),
    Deed("answer", forms.AnswerForm, _plain(actions.answer, "text"), "message-circle-reply", "main"),
    Deed("confirm", forms.YesForm, _confirm, "circle-check-big", "main"),
    Deed("reopen", forms.DisagreeForm, _reopen, "rotate-ccw"),
    Deed("check", forms.DeedForm, _plain(actions.check), "circle-check-big", "main"),
    Deed("unreachable", forms.TriesForm, _plain(actions.unreachable, "tries"), "phone-missed"),
    Deed("reply", forms.WordsForm, _plain(actions.reply, "reply"), "message-square-reply"),
    Deed("say", forms.AnswerForm, _plain(actions.say, "text"), "message-circle-plus"),
    Deed("resume", forms.DeedForm, _plain(actions.resume), "play"),
    Deed("hold", forms.HoldForm, _plain(actions.hold, "question"), "message-circle-question-mark"),
    Deed("note", forms.NoteForm, _plain(actions.note, "text"), "sticky-note"),
    Deed("child", forms.ChildForm, _plain(actions.add_child, "service", "agency", "text"), "git-branch"),
    Deed("set_priority", forms.PriorityForm, _plain(actions.set_priority, "priority"), "flag"),
    Deed("relocate", forms.PlaceForm, _relocate, "map-pin"),
    Deed("reclassify", forms.ServiceForm, _plain(actions.reclassify, "service"), "tags"),
    Deed("transfer", forms.TransferForm, _plain(actions.transfer, "agency", "reason"), "arrow-right-left"),
    Deed("return_to_triage", forms.ReasonForm, _plain(actions.return_to_triage, "reason"), "undo-2"),
    Deed("refer", forms.ReasonForm, _plain(actions.refer, "reason"), "scale"),
    Deed("decide", forms.DecideForm, _plain(actions.decide, "agency", "reason"), "gavel", "main"),
    Deed("merge", forms.MergeForm, _merge, "merge"),
    Deed("unmerge", forms.DeedForm, _plain(actions.unmerge), "undo-2"),
    Deed("unshelve", forms.DeedForm, _plain(actions.unshelve), "play", "main"),
    Deed("withdraw", forms.DeedForm, _plain(actions.withdraw), "circle-x", "danger"),
    Deed("decline", forms.ReasonForm, _plain(actions.decline, "reason"), "ban", "danger"),
    Deed("add_task", forms.TaskForm, _plain(actions.add_task, "title"), "plus", on_page=False),
    Deed("dispatch", forms.DispatchForm, _dispatch, "send", on_page=False),
    Deed("arrive", forms.AssignmentForm, _on_assignment(actions.arrive), "map-pin-check", on_page=False),
    Deed("finish", forms.AssignmentForm, _on_assignment(actions.finish), "check", on_page=False),
    Deed("cancel", forms.AssignmentForm, _on_assignment(actions.cancel), "undo-2", on_page=False),
)
DEEDS = {deed.verb: deed for deed in _ALL}


def bound(verb: str, data: QueryDict, files: MultiValueDict[str, Any], case: Case) -> forms.DeedForm:
    """Return the verb's form with what was sent."""
    form = DEEDS[verb].form(data, files, auto_id=f"{verb}-%s")
    form.fit(case)
    return form


def blank(verb: str, case: Case) -> forms.DeedForm:
    """Return the verb's form as it stands on the page, with what is already known filled in."""
    known = {"service": case.service_id, "priority": case.priority, "agency": case.agency_id}
    form = DEEDS[verb].form(auto_id=f"{verb}-%s", initial=known)
    form.fit(case)
    return form


def done_words(verb: str, case_id: int) -> str:
    """Say that a verb was done."""
    return gettext("%(number)s: %(verb)s, done.") % {"verb": DEEDS[verb].label, "number": number(case_id)}
