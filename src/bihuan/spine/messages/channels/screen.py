"""The screen: a message stays in the table and is read on the receipt's page or at the desk."""

from bihuan.spine.messages.models import Message


class Screen:
    """Reaches everybody who looks."""

    name = "screen"
    is_immediate = True

    def reaches(self, address: str) -> bool:
        return True

    def deliver(self, message: Message, address: str) -> None:
        """Do nothing: the row is the message."""
