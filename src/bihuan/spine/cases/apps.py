"""The room's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "bihuan.spine.cases"
    label = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        """Tell the door whom to ask what the services need, and the audit what can be proved with it."""
        from bihuan.spine.audit import verification
        from bihuan.spine.cases.afteraction import checking
        from bihuan.spine.cases.needs import services_needs
        from bihuan.spine.door import needs

        needs.provide(services_needs)
        verification.add_sequel("tables", checking.SEQUEL)
