"""Errors a person can act on. One middleware turns them into pages, fragments or problem+json."""


class Refused(Exception):
    """A rule says no.

    Parameters
    ----------
    message : what to tell the person, already translated.
    code : a short stable word for machines.
    field : the field of the form that is at fault, if it is one.
    """

    status = 422

    def __init__(self, message: str, *, code: str = "refused", field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.field = field


class Conflict(Refused):
    """Someone was first; the message says who or what."""

    status = 409

    def __init__(self, message: str, *, code: str = "conflict", field: str = "") -> None:
        super().__init__(message, code=code, field=field)


class Busy(Refused):
    """Not now: try again after ``retry_after_s`` seconds. Nothing was taken in."""

    status = 503

    def __init__(self, message: str, *, retry_after_s: int = 2) -> None:
        super().__init__(message, code="busy")
        self.retry_after_s = retry_after_s


class Forbidden(Refused):
    """Somebody may, but not this person."""

    status = 403

    def __init__(self, message: str, *, code: str = "forbidden", field: str = "") -> None:
        super().__init__(message, code=code, field=field)
