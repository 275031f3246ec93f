"""What a role may be allowed to do. The code is stored; the words are for whoever makes a role."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    VIEW_OWN = "case.view", _("See the cases of one's own agency and those below it")
    VIEW_ALL = "case.view_all", _("See the cases of every agency")
    ENTER = "case.enter", _("Enter an ask for somebody on the telephone")
    TRIAGE = "case.triage", _("Decide service, priority and owner; merge twins")
    WORK = "case.work", _("Accept, return, hold, dispatch and resolve cases of one's own agency")
    STEER = "case.steer", _("Transfer, decline and re-prioritise cases")
    REVEAL = "private.reveal", _("Read a name, telephone or door number, giving a purpose")
    BOARD = "board.view", _("See the commander's board and the city map")
    EXPORT = "case.export", _("Take lists away as CSV or XLSX")
    AUDIT = "audit.view", _("Read the audit and the log of readings of personal data")
    STAFF = "staff.manage", _("Make accounts, agencies and roles")
    RULES = "rules.manage", _("Change services, rules and clocks")
    ROTA = "shift.manage", _("Say who is on duty for an agency, and when")
    SURGE = "surge.switch", _("Shed services, put up banners over an area, answer many cases at once")
    CARE = "care.manage", _("Keep the care list and take down visits")
    PASSES = "pass.review", _("Review the vehicle passes of one's own desk")
    PASS_DESK = "pass.desk", _("Review the vehicle passes of every desk: the one-stop desk")
    PASS_RULES = "pass.manage", _("Suspend and revoke vehicle passes, set quotas and rules")
