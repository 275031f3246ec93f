"""Which pages of the desk belong to whose duty."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.registry import registry

P = Permission
VIEWERS = (P.VIEW_OWN, P.VIEW_ALL)


@dataclass(frozen=True)
class DutyPage:
    """An entry of the navigation. ``names`` are the url names in its space for which it stands as "here"."""

    name: str
    label: Promise
    icon: str
    permissions: tuple[Permission, ...]
    also: tuple[str, ...] = ()
    space: str = "desk"
    together: tuple[Permission, ...] = ()

    def opens_for(self, user: User) -> bool:
        """Say whether a role opens it: by one of ``permissions``, or by all that do so ``together``."""
        return any(map(user.may, self.permissions)) or (
            bool(self.together) and all(map(user.may, self.together))
        )

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also)

    @property
    def url_name(self) -> str:
        return f"{self.space}:{self.name}"


PAGES = (
    DutyPage("queue", _("Queue"), "list-checks", VIEWERS, ("case",)),
    DutyPage("enter", _("Telephone"), "phone-incoming", (P.ENTER,), ("entered",)),
    DutyPage("triage", _("Triage"), "split", (P.TRIAGE,), ("triage_groups",)),
    DutyPage("pairs", _("Twins"), "copy", (P.TRIAGE,)),
    DutyPage("banners", _("Banners"), "megaphone", (P.TRIAGE, P.SURGE), ("banner_new",)),
    DutyPage("joint", _("Joint check"), "scale", (P.STEER,)),
    DutyPage(
        "paper",
        _("Paper"),
        "printer",
        (P.ENTER, P.WORK),
        ("paper_next", "paper_enter", "paper_forms", "paper_sheet", "paper_building", "paper_shift"),
    ),
    DutyPage("rota", _("Rota"), "calendar-clock", (P.ROTA,), ("rota_add", "rota_repeat", "rota_import")),
    DutyPage("drills", _("Drills"), "bell-ring", (P.ROTA, P.BOARD), ("drill",)),
    DutyPage(
        "rules",
        _("Rules"),
        "list-ordered",
        (P.RULES, P.STEER),
        ("rules_draft", "rules_edition", "rule", "rule_new", "rules_cases"),
    ),
    DutyPage("learning", _("Learning"), "graduation-cap", (P.RULES, P.STEER)),
    DutyPage("surge", _("Surge"), "gauge", (P.SURGE, P.STEER, P.BOARD)),
    DutyPage("canned", _("Canned answers"), "text-quote", (P.RULES, P.STEER), ("canned_new", "canned_one")),
    DutyPage("map", _("Map"), "map", (P.BOARD,)),
    DutyPage("board", _("Board"), "layout-dashboard", (P.BOARD,)),
    DutyPage("rates", _("Rates"), "percent", (P.BOARD,), ("figure",)),
    DutyPage("failed", _("Unsent"), "message-square-warning", (P.TRIAGE, P.STEER, P.RULES)),
    DutyPage(
        "levels",
        _("Service levels"),
        "timer",
        (P.RULES,),
        ("level_version", "level_preview", "level_line", "level_line_new"),
    ),
    DutyPage("calendars", _("Calendars"), "calendar-days", (P.RULES,), ("calendar", "calendar_new")),
    DutyPage("channels", _("Channels"), "antenna", (P.RULES,)),
    DutyPage("webhooks", _("Webhooks"), "webhook", (P.RULES,), ("webhook", "webhook_do")),
    DutyPage("tokens", _("Tokens"), "key-round", (P.STAFF,), together=(P.STEER, P.VIEW_OWN)),
    DutyPage("ladder", _("Ladder"), "list-ordered", (P.RULES,)),
    DutyPage(
        "afteraction",
        _("After-action"),
        "file-clock",
        (P.AUDIT,),
        ("afteraction_report", "afteraction_case"),
        together=(P.BOARD, P.VIEW_ALL),
    ),
    DutyPage("audit", _("Audit"), "scroll-text", (P.AUDIT,)),
)


def pages_of(user: User) -> list[DutyPage]:
    """Return the pages that a person's role opens, those of the lines of work last."""
    return [page for page in (*PAGES, *_of_lines()) if page.opens_for(user)]


def _of_lines() -> list[DutyPage]:
    pages = registry.pages.values()
    return [DutyPage(one.name, one.label, one.icon, one.permissions, one.also, one.space) for one in pages]
