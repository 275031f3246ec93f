"""The rules that find an owner: read, drafted, tried on last week's cases, switched on."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from bihuan.faces.desk import rulebook
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.ruleforms import RuleForm
from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.models import Edition, Rule
from bihuan.spine.cases.sorting import drafting, editions, findings, trials

READERS = (Permission.RULES, Permission.STEER)
PAGE = 50


@staff(*READERS)
def rules(request: StaffRequest) -> HttpResponse:
    """Show the rules in force, and the editions before."""
    return render(request, "desk/rules.html", rulebook.in_force(request.user))


@staff(*READERS)
def edition(request: StaffRequest, edition_id: int) -> HttpResponse:
    """Show the rules of an earlier edition."""
    found = _edition(edition_id)
    context = {"edition": found, "lines": rulebook.lines(editions.rules_of(found)), "is_past": True}
    return render(request, "desk/rules.html", context | {"may_change": request.user.may(Permission.RULES)})


@staff(Permission.RULES)
@require_POST
def back(request: StaffRequest, edition_id: int) -> HttpResponseBase:
    """Put an earlier edition in force again."""
    editions.switch_back(edition=_edition(edition_id), by=request.user)
    messages.success(request, gettext("Edition %(number)s is in force again.") % {"number": edition_id})
    return redirect("desk:rules")


@staff(*READERS)
def draft(request: StaffRequest) -> HttpResponseBase:
    """Show the draft; a POST begins one."""
    if request.method == "POST":
        editions.begin_draft(by=request.user)
        return redirect("desk:rules_draft")
    found = editions.draft()
    if found is None:
        return redirect("desk:rules")
    return render(request, "desk/rules_draft.html", rulebook.of_draft(found, request.user))


@staff(Permission.RULES)
def rule_new(request: StaffRequest) -> HttpResponseBase:
    """Add a rule to the draft."""
    return _edit(request, _draft(), None)


@staff(Permission.RULES)
def rule(request: StaffRequest, rule_id: int) -> HttpResponseBase:
    """Change a rule of the draft."""
    found = _draft()
    return _edit(request, found, drafting.rule_of_draft(found, rule_id))


def _edit(request: StaffRequest, found: Edition, changed: Rule | None) -> HttpResponseBase:
    form = RuleForm(request.POST or None, rule=changed)
    if form.is_valid():
        try:
            _keep(request, found, changed, form)
        except Conflict:
            raise
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            return redirect("desk:rules_draft")
    context = {"form": form, "rule": changed, "edition": found}
    return render(request, "desk/rule.html", context, status=422 if form.errors else 200)


def _keep(request: StaffRequest, found: Edition, changed: Rule | None, form: RuleForm) -> None:
    if changed is None:
        drafting.add_rule(edition=found, by=request.user, **form.said)
    else:
        drafting.change_rule(rule=changed, by=request.user, **form.said)


@staff(Permission.RULES)
@require_POST
def rule_move(request: StaffRequest, rule_id: int) -> HttpResponseBase:
    """Move a rule up or down."""
    found = _draft()
    moved = drafting.rule_of_draft(found, rule_id)
    step = {"up": -1, "down": 1}.get(request.POST.get("way", ""), 0)
    drafting.move_rule(rule=moved, to=moved.number + step, by=request.user)
    if not request.htmx:
        return redirect("desk:rules_draft")
    found.refresh_from_db()
    return render(request, "desk/_draft.html", rulebook.of_draft(found, request.user) | {"moved": moved})


@staff(Permission.RULES)
@require_POST
def rule_remove(request: StaffRequest, rule_id: int) -> HttpResponseBase:
    """Take a rule out of the draft."""
    drafting.remove_rule(rule=drafting.rule_of_draft(_draft(), rule_id), by=request.user)
    return redirect("desk:rules_draft")


@staff(Permission.RULES)
@require_POST
def discard(request: StaffRequest) -> HttpResponseBase:
    """Throw the draft away."""
    editions.discard(edition=_draft(), by=request.user)
    messages.success(request, gettext("The draft is thrown away. Nothing has changed."))
    return redirect("desk:rules")


@staff(Permission.RULES)
@require_POST
def try_draft(request: StaffRequest) -> HttpResponseBase:
    """Try the draft on last week's cases."""
    trials.start_trial(edition=_draft(), by=request.user)
    return redirect("desk:rules_draft")


@staff(*READERS)
def trial(request: StaffRequest) -> HttpResponseBase:
    """Show how far the trial is: what the page asks while it runs."""
    return render(request, "desk/_trial.html", rulebook.of_draft(_draft(), request.user))


@staff(*READERS)
def trial_cases(request: StaffRequest) -> HttpResponseBase:
    """List the cases that would change, as far as this person may see them."""
    latest = editions.latest_trial(_draft())
    if latest is None:
        return redirect("desk:rules_draft")
    found = findings.cases_otherwise(latest, request.user)
    context = {"rows": found[:PAGE], "count": found.count(), "all": latest.otherwise.count()}
    return render(request, "desk/trial_cases.html", context)


@staff(Permission.RULES)
@require_POST
def switch(request: StaffRequest) -> HttpResponseBase:
    """Put the draft in force."""
    found = _draft()
    said = request.POST.get("revision", "")
    editions.switch_on(edition=found, revision=int(said) if said.isdecimal() else -1, by=request.user)
    messages.success(request, gettext("Edition %(number)s is in force.") % {"number": found.pk})
    return redirect("desk:rules")


def _draft() -> Edition:
    found = editions.draft()
    if found is None:
        raise Conflict(gettext("There is no draft: it was switched on or thrown away."))
    return found


def _edition(number: int) -> Edition:
    found = Edition.objects.filter(pk=min(number, 2**63 - 1)).first()
    if found is None:
        raise Http404
    return found
