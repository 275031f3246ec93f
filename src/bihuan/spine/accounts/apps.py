"""The room's registration with Django."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "bihuan.spine.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from bihuan.spine.accounts.checks import check_keys

        checks.register(check_keys, checks.Tags.security, deploy=True)
