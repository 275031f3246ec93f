"""The line's registration with Django and with the spine."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy, gettext_noop

VERBS = {
    "pass_apply": gettext_lazy("Applied for a pass"),
    "pass_ask": gettext_lazy("Asked the applicant"),
    "pass_answer": gettext_lazy("The applicant answered"),
    "pass_second": gettext_lazy("Looked at first; a second person has to look"),
    "pass_issue": gettext_lazy("Issued"),
    "pass_decline": gettext_lazy("Not granted"),
    "pass_withdraw": gettext_lazy("Taken back"),
    "pass_suspend": gettext_lazy("Suspended"),
    "pass_restore": gettext_lazy("Made valid again"),
    "pass_revoke": gettext_lazy("Revoked"),
    "pass_extend": gettext_lazy("Extended"),
    "pass_replace": gettext_lazy("Replaced"),
    "pass_replaces": gettext_lazy("Takes the place of another pass"),
    "pass_lapse": gettext_lazy("Lapsed"),
    "pass_expire": gettext_lazy("Ran out"),
    "pass_bulk": gettext_lazy("Applied for many with a file"),
    "trip_noticed": gettext_lazy("Trip announced"),
    "trip_gate": gettext_lazy("In by the gate"),
    "trip_point": gettext_lazy("At the transfer point"),
    "trip_handed": gettext_lazy("Handed over"),
    "trip_out": gettext_lazy("Out again"),
    "trip_cancelled": gettext_lazy("Trip did not take place"),
    "trip_overdue": gettext_lazy("Not out by the deadline"),
    "pass_desk": gettext_lazy("Rules of a desk for passes changed"),
}


class PassesConfig(AppConfig):
    name = "bihuan.lines.passes"
    label = "passes"

    def ready(self) -> None:
        """Tell the spine what this line adds: steps of the worker, words, templates of messages."""
        from bihuan.lines.passes import desks, holding, kinds, outlook, queries, raising, reading, telling
        from bihuan.lines.passes.catalogue import SERVICES
        from bihuan.lines.passes.checkpoints import registering as checkpoints
        from bihuan.spine.accounts.permissions import Permission
        from bihuan.spine.cases import registry
        from bihuan.spine.messages.wording import add_templates

        checkpoints.register()
        add_templates(telling.TEMPLATES)
        registry.register_step(registry.LineStep("passes that run out", holding.step, every_s=5.0))
        registry.register_step(registry.LineStep("trips that are overdue", raising.step, every_s=10.0))
        registry.register_step(registry.LineStep("pace of the desks for passes", outlook.count, every_s=15.0))
        for spec in SERVICES:
            registry.register_service(spec)
        registry.register_api("/passes", "bihuan.lines.passes.api.router")
        registry.register_demo("desks for passes", desks.ensure)
        entrance = registry.Entrance(
            "passes:apply", gettext_lazy("A lorry with key goods? Apply for its pass.")
        )
        registry.register_entrance("vehicle_pass", entrance)
        registry.register_urls("passes/", "bihuan.lines.passes.urls")
        also = ("one", "search", "trips", "enter", "rules", "rule", "reveal")
        viewers = (Permission.PASSES, Permission.PASS_RULES)
        label = gettext_lazy("Vehicle passes")
        registry.register_page(registry.LinePage("passes", "queue", label, "truck", viewers, also))
        words = gettext_noop("applications for passes past their promise")
        registry.register_tile(registry.Tile("passes_late", words, queries.count_late, "passes:queue"))
        for verb, said in VERBS.items():
            registry.register_verb(verb, said)
        for choices in (kinds.Goods, kinds.Reason, kinds.Channel, reading.Purpose):
            registry.register_codes({one.value: one.label for one in choices})
