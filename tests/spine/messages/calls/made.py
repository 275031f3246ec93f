"""Calls for the tests."""

from bihuan.spine.messages.calls.hearing import Report, hear
from bihuan.spine.messages.models import Call, CallState

PHONE = "+8619900005526"


def ring(call_id: str = "call-1", caller: str = PHONE, extension: str = "") -> Call:
    return hear(Report(call_id, caller, extension, CallState.RINGING))


def tell(state: CallState, call_id: str = "call-1", caller: str = PHONE, extension: str = "") -> Call:
    return hear(Report(call_id, caller, extension, state))
