"""The room's registration with Django and with the spine."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy

VERBS = {
    "abroad_linked": gettext_lazy("Linked to the agency's server"),
    "abroad_changed": gettext_lazy("Link to the agency's server changed"),
    "abroad_on": gettext_lazy("Link to the agency's server switched on"),
    "abroad_off": gettext_lazy("Link to the agency's server switched off"),
    "abroad_code": gettext_lazy("Code at the agency's server changed"),
    "abroad_settled": gettext_lazy("Unclear ask at the agency's server decided"),
    "abroad_sent": gettext_lazy("Taken by the agency's server"),
    "abroad_number": gettext_lazy("Number at the agency's server came"),
    "abroad_refused": gettext_lazy("Refused by the agency's server"),
    "abroad_update": gettext_lazy("Update from the agency's server"),
}


class AbroadConfig(AppConfig):
    name = "bihuan.lines.abroad"
    label = "abroad"

    def ready(self) -> None:
        """Tell the spine what this room adds: steps of the worker, a page, words."""
        from bihuan.lines.abroad.gathering import gather
        from bihuan.lines.abroad.travelling import Travellers
        from bihuan.spine.accounts.permissions import Permission
        from bihuan.spine.cases import registry

        registry.register_urls("abroad/", "bihuan.lines.abroad.urls")
        registry.register_step(registry.LineStep("abroad", gather))
        registry.register_step(registry.LineStep("travellers", Travellers().step))
        for verb, words in VERBS.items():
            registry.register_verb(verb, words)
        registry.register_page(
            registry.LinePage(
                "abroad", "links", gettext_lazy("Agencies' servers"), "send", (Permission.RULES,), ("link",)
            )
        )
