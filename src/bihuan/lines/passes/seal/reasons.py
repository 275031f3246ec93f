"""What a checkpoint answers, and why. The codes are the same in the browser and in other people's scanners."""

from enum import StrEnum


class Light(StrEnum):
    """The three answers a guard gives."""

    PASS = "pass"  # noqa: S105 - an answer, no secret
    ASK = "ask"
    REFUSE = "refuse"


class Reason(StrEnum):
    """Why; in the order in which it is looked for. None of them touches anybody's health."""

    VALID = "valid"
    NOT_A_PASS = "not_a_pass"  # noqa: S105 - a reason, no secret
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    RE_ENCODED = "re_encoded"
    WRONG_KEY = "wrong_key"
    ALTERED = "altered"
    FORGED = "forged"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    REPLACED = "replaced"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    # What a checkpoint finds beside the seal.
    STALE = "stale"
    LISTED = "listed"
    NOT_LISTED = "not_listed"
    OTHER_PLATE = "other_plate"


OF_THE_SEAL = tuple(Reason)[: tuple(Reason).index(Reason.EXPIRED) + 1]
"""What ``verify`` answers; the others come from the list a device carries, or from the guard's eyes."""


class Unreadable(Exception):
    """The text or the bytes are no pass; ``reason`` says what is wrong with them."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
