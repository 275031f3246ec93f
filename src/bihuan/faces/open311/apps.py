"""The face's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Open311Config(AppConfig):
    name = "bihuan.faces.open311"
    label = "open311"

    def ready(self) -> None:
        """Put the verb of this face's Events into words."""
        from bihuan.faces.open311.updates_in import VERB
        from bihuan.spine.cases.registry import register_verb

        register_verb(VERB, _("An update from another system taken over"))
