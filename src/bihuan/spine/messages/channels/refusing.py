"""What a channel raises when the far end was reached and said no."""


class NotTaken(Exception):
    """The far end said no; the words are its code, never an address."""
