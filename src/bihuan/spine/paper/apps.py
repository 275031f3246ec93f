"""The room's registration with Django, and its verbs for the audit."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

VERBS = {
    "paper_reserve": _("Reserved numbers for paper forms"),
    "paper_void": _("Made paper forms void"),
    "paper_enter": _("Entered from a paper form"),
    "paper_print": _("Printed a list"),
    "paper_result": _("Entered a result from a printed list"),
}


class PaperConfig(AppConfig):
    name = "bihuan.spine.paper"
    label = "paper"
    verbose_name = _("Paper")

    def ready(self) -> None:
        """Give the audit words for what this room does."""
        from bihuan.spine.cases import registry
        from bihuan.spine.paper.models import Result, SheetKind

        for verb, words in VERBS.items():
            registry.register_verb(verb, words)
        for choices in (SheetKind, Result):
            registry.register_codes({one.value: one.label for one in choices})
