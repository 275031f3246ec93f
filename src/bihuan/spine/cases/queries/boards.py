"""Figures that the worker counted: reading them costs one row."""

from typing import Any

from bihuan.spine.cases.models import Figures


def count_board() -> dict[str, Any]:
    """Return the commander's figures, with ``counted_at``; nothing before the worker counted first."""
    return _figures("board")


def count_public() -> dict[str, Any]:
    """Return the public figures, with ``counted_at``; nothing before the worker counted first."""
    return _figures("public")


def count_map() -> dict[str, Any]:
    """Return the open Cases by large cell, with ``counted_at``; nothing before the worker counted first."""
    return _figures("map")


def _figures(name: str) -> dict[str, Any]:
    row = Figures.objects.filter(name=name).first()
    return {**row.values, "counted_at": row.counted_at} if row else {}
