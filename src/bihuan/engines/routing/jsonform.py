"""Bihuan's own JSON: problems and plans, field for field as their types say."""

from typing import Any

import msgspec
import numpy as np

from .news import Added
from .plan import Plan
from .problem import Problem
from .vrplib import Unreadable


def _from_list(kind: type, value: Any) -> Any:
    if kind is np.ndarray or getattr(kind, "__origin__", None) is np.ndarray:
        return np.array(value, np.int64)
    raise NotImplementedError(kind)


def _to_list(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.tolist()
    raise NotImplementedError(type(value))


def read_problem(text: str | bytes) -> Problem:
    """Read a problem.

    Raises
    ------
    Unreadable
        When it is no JSON or a field is unknown, missing or of the wrong type; the message names the field.
    """
    try:
        return msgspec.json.decode(text, type=Problem, dec_hook=_from_list)
    except (msgspec.DecodeError, ValueError) as error:
        raise Unreadable(f"this is not a problem in Bihuan's JSON: {error}") from error


def read_added(text: str | bytes) -> Added:
    """Read new stops and pairs; raises ``Unreadable`` as :func:`read_problem` does."""
    try:
        return msgspec.json.decode(text, type=Added, dec_hook=_from_list)
    except (msgspec.DecodeError, ValueError) as error:
        raise Unreadable(f"these are not new stops in Bihuan's JSON: {error}") from error


def read_plan(text: str | bytes) -> Plan:
    """Read a plan; raises ``Unreadable`` as :func:`read_problem` does."""
    try:
        return msgspec.json.decode(text, type=Plan)
    except msgspec.DecodeError as error:
        raise Unreadable(f"this is not a plan in Bihuan's JSON: {error}") from error


def write_json(value: Problem | Plan) -> bytes:
    """Write a problem or a plan, indented."""
    return msgspec.json.format(msgspec.json.encode(value, enc_hook=_to_list), indent=1)
