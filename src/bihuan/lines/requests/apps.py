"""The line's registration with Django and with the spine."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "bihuan.lines.requests"
    label = "requests"

    def ready(self) -> None:
        """Tell the spine which services this line adds."""
        from bihuan.lines.requests.catalogue import SERVICES
        from bihuan.spine.cases.registry import register_service

        for spec in SERVICES:
            register_service(spec)
