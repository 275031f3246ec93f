"""The room's registration with Django."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "bihuan.spine.messages"
    # Django's own flash messages already have the label "messages".
    label = "outbox"
