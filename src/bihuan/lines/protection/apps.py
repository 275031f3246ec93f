"""The line's registration with Django and with the spine."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy, gettext_noop

STEP_EVERY_S = 2.0
VERBS = {
    "care_add": gettext_lazy("Put on the care list"),
    "care_change": gettext_lazy("Corrected on the care list"),
    "care_leave": gettext_lazy("Taken off the care list"),
    "care_check": gettext_lazy("Looked in on"),
    "care_supply": gettext_lazy("Counted what is left"),
    "care_supply_end": gettext_lazy("Watched no longer"),
    "care_alarm": gettext_lazy("Raised from the care list"),
}


class ProtectionConfig(AppConfig):
    name = "bihuan.lines.protection"
    label = "protection"

    def ready(self) -> None:
        """Tell the spine what this line adds: services, pages, a step of the worker, routes, a tile."""
        from bihuan.lines.protection import kinds, queries, raising
        from bihuan.lines.protection.catalogue import SERVICES
        from bihuan.lines.protection.demo import list_people
        from bihuan.lines.protection.households import households_of
        from bihuan.lines.protection.reading import Purpose
        from bihuan.spine.accounts.permissions import Permission
        from bihuan.spine.cases import registry

        for spec in SERVICES:
            registry.register_service(spec)
        registry.register_urls("protection/", "bihuan.lines.protection.urls")
        registry.register_api("/care", "bihuan.lines.protection.api.router")
        registry.register_step(registry.LineStep("care", raising.step, every_s=STEP_EVERY_S))
        registry.register_demo("people in care", list_people)
        registry.register_caller_note(
            registry.CallerNote(
                "care",
                gettext_lazy("On the care list: a closed door endangers this person."),
                queries.is_cared_for,
            )
        )
        registry.register_households("care", households_of)
        words = gettext_noop("checks missed on people in care")
        registry.register_tile(
            registry.Tile("care_missed", words, queries.count_missed, "protection:coverage")
        )
        for verb, said in VERBS.items():
            registry.register_verb(verb, said)
        for choices in (kinds.Consent, kinds.Found, kinds.Leaving, kinds.SupplyKind, kinds.Reason, Purpose):
            registry.register_codes({one.value: one.label for one in choices})
        also = ("person", "people", "add", "change", "need", "supply", "leave", "import", "coverage", "round")
        registry.register_page(
            registry.LinePage(
                "protection", "today", gettext_lazy("Care"), "heart-handshake", (Permission.CARE,), also
            )
        )
