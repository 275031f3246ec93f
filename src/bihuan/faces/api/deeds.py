"""Each verb of staff: the JSON it takes, and the action it calls. One address each, so that OpenAPI lists them all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import ConfigDict

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.cases import actions, queries
from bihuan.spine.cases.models import LIVE, Asker, Assignment, Case, Note, Service, Task
from bihuan.spine.door.models import Photo
from bihuan.spine.places.models import District, Site
from bihuan.spine.resources.models import Team

M = TypeVar("M", bound=Model)


class Said(Schema):
    """What comes with a verb. A field that the verb does not know is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Said):
    pass


class Reason(Said):
    reason: str


class Question(Said):
    question: str


class Text(Said):
    text: str


class Reply(Said):
    reply: str
    photo: UUID | None = None


class Words(Said):
    reply: str


class Yes(Said):
    """A yes taken down: whose, by the number of the Submission; how content (``yes``, ``fair``, ``no``)."""

    asker: int | None = None
    content: str = ""


class No(Yes):
    reason: str


class Whose(Said):
    asker: int | None = None


class Tries(Said):
    tries: int


class ToAgency(Said):
    agency: str
    reason: str = ""


class Decision(Said):
    agency: str
    reason: str


class ToService(Said):
    service: str


class ToPriority(Said):
    priority: str


class ToPlace(Said):
    """The code of a site, else of a district or street; ``find_owner`` asks the rules anew."""

    site: str = ""
    district: str = ""
    find_owner: bool = False


class Into(Said):
    into: int


class Child(Said):
    service: str
    agency: str
    text: str


class Title(Said):
    title: str


class Send(Said):
    """Whom to send, for a task that is there or for a new one with this title."""

    task: int | None = None
    title: str = ""
    team: int | None = None
    person: str | None = None


class OnAssignment(Said):
    """Which assignment; left out, the one that is under way."""

    assignment: int | None = None


def _assign(case: Case, by: User, said: Any) -> Model:
    return actions.assign(case=case, agency=_agency(said.agency), by=by, reason=said.reason)


def _transfer(case: Case, by: User, said: Any) -> Model:
    return actions.transfer(case=case, agency=_agency(said.agency), by=by, reason=said.reason)


def _decide(case: Case, by: User, said: Any) -> Model:
    return actions.decide(case=case, agency=_agency(said.agency), by=by, reason=said.reason)


def _resolve(case: Case, by: User, said: Any) -> Model:
    photo = _proof(case, said.photo) if said.photo else None
    return actions.resolve(case=case, by=by, reply=said.reply, photo=photo)


def _proof(case: Case, number: UUID) -> Photo:
    """Return a photo that was handed in as proof: never one that an asker sent, or of another Case."""
    elsewhere = Note.objects.filter(photo_id=number).exclude(case=case)
    return found(Photo, "photo", pk=None if elsewhere.exists() else number, submission=None)


def _confirm(case: Case, by: User, said: Any) -> Model:
    return actions.confirm(case=case, by=by, asker=_asker(case, said.asker), content=said.content)


def _reopen(case: Case, by: User, said: Any) -> Model:
    asker = _asker(case, said.asker)
    return actions.reopen(case=case, by=by, asker=asker, reason=said.reason, content=said.content)


def _asker(case: Case, submission: int | None) -> Asker | None:
    return None if submission is None else found(Asker, "asker", case=case, submission=submission)


def _merge(case: Case, by: User, said: Any) -> Model:
    return actions.merge(case=case, into=queries.access_case(by, said.into), by=by)


def _child(case: Case, by: User, said: Any) -> Model:
    service = found(Service, "service", code=said.service)
    return actions.add_child(case=case, service=service, agency=_agency(said.agency), text=said.text, by=by)


def _reclassify(case: Case, by: User, said: Any) -> Model:
    return actions.reclassify(case=case, service=found(Service, "service", code=said.service), by=by)


def _relocate(case: Case, by: User, said: Any) -> Model:
    site = found(Site, "site", code=said.site) if said.site else None
    district = found(District, "district", code=said.district) if said.district else None
    return actions.relocate(case=case, by=by, site=site, district=district, find_owner=said.find_owner)


@transaction.atomic
def _dispatch(case: Case, by: User, said: Any) -> Model:
    team = found(Team, "team", pk=said.team) if said.team is not None else None
    person = found(User, "person", username=said.person) if said.person is not None else None
    if said.task is None:
        task = actions.add_task(case=case, title=said.title, by=by)
    else:
        task = found(Task, "task", pk=said.task, case=case)
    return actions.dispatch(task=task, by=by, team=team, person=person)


def _on_assignment(action: Callable[..., Model]) -> "Do":
    def do(case: Case, by: User, said: Any) -> Model:
        sent = Assignment.objects.select_related("task__case").filter(task__case=case).order_by("-id")
        chosen = sent.filter(status__in=LIVE) if said.assignment is None else sent.filter(pk=said.assignment)
        assignment = chosen.first()
        if assignment is None:
            raise Refused(_("There is no such assignment."), code="assignment", field="assignment")
        return action(assignment=assignment, by=by)

    return do


def _plain(action: Callable[..., Model]) -> "Do":
    """Call an action with exactly what was said."""
    return lambda case, by, said: action(case=case, by=by, **said.dict())


def _agency(code: str) -> Agency:
    return found(Agency, "agency", code=code)


def found(model: type[M], field: str, **by: Any) -> M:
    """Return the one row; refuses when there is none, naming the field that asked for it."""
    row = model._default_manager.filter(**by).first()
    if row is None:
        raise Refused(_("There is no such entry."), code=f"no_{field}", field=field)
    return row


Do = Callable[[Case, User, Any], Model]


@dataclass(frozen=True)
class Deed:
    """One verb of staff."""

    said: type[Said]
    do: Do


DEEDS: dict[str, Deed] = {
    "assign": Deed(ToAgency, _assign),
    "transfer": Deed(ToAgency, _transfer),
    "accept": Deed(Nothing, _plain(actions.accept)),
    "return_to_triage": Deed(Reason, _plain(actions.return_to_triage)),
    "hold": Deed(Question, _plain(actions.hold)),
    "resume": Deed(Nothing, _plain(actions.resume)),
    "resolve": Deed(Reply, _resolve),
    "decline": Deed(Reason, _plain(actions.decline)),
    "refer": Deed(Reason, _plain(actions.refer)),
    "decide": Deed(Decision, _decide),
    "merge": Deed(Into, _merge),
    "unmerge": Deed(Nothing, _plain(actions.unmerge)),
    "answer": Deed(Text, _plain(actions.answer)),
    "reply": Deed(Words, _plain(actions.reply)),
    "say": Deed(Text, _plain(actions.say)),
    "confirm": Deed(Yes, _confirm),
    "reopen": Deed(No, _reopen),
    "check": Deed(Nothing, _plain(actions.check)),
    "unreachable": Deed(Tries, _plain(actions.unreachable)),
    "unshelve": Deed(Nothing, _plain(actions.unshelve)),
    "withdraw": Deed(Nothing, _plain(actions.withdraw)),
    "reclassify": Deed(ToService, _reclassify),
    "set_priority": Deed(ToPriority, _plain(actions.set_priority)),
    "relocate": Deed(ToPlace, _relocate),
    "note": Deed(Text, _plain(actions.note)),
    "child": Deed(Child, _child),
    "add_task": Deed(Title, _plain(actions.add_task)),
    "dispatch": Deed(Send, _dispatch),
    "arrive": Deed(OnAssignment, _on_assignment(actions.arrive)),
    "finish": Deed(OnAssignment, _on_assignment(actions.finish)),
    "cancel": Deed(OnAssignment, _on_assignment(actions.cancel)),
}
