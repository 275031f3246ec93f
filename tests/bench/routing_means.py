"""What a set of problems says of a solver: the mean of its gaps, and ours beside each peer's."""

from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]


def means(rows: Iterable[Row]) -> list[Row]:
    """Return for each set and solver the mean and the worst of the gaps, and how many problems it answered."""
    return [_mean(name, solver, found) for (name, solver), found in _grouped(rows).items()]


def _mean(name: str, solver: str, rows: list[Row]) -> Row:
    gaps = [row["gap"] for row in rows if row["gap"] is not None]
    mean = {"set": name, "solver": solver, "instances": len(rows), "answered": len(gaps)}
    if not gaps:
        return mean | {"mean": None, "worst": None}
    return mean | {"mean": round(sum(gaps) / len(gaps), 3), "worst": max(gaps)}


def against(rows: Iterable[Row]) -> list[Row]:
    """Return for each set and peer ours minus its mean gap, and ours over it, on what both of them answered."""
    grouped = _grouped(rows)
    found = []
    for (name, peer), theirs in grouped.items():
        ours = {row["instance"]: row["gap"] for row in grouped.get((name, "ours"), [])}
        both = [
            (ours[row["instance"]], row["gap"])
            for row in theirs
            if row["gap"] is not None and ours.get(row["instance"]) is not None
        ]
        if peer != "ours" and both:
            found.append({"set": name, "peer": peer, **_difference(both)})
    return found


def _difference(both: list[tuple[float, float]]) -> Row:
    ours, theirs = (sum(gaps) / len(both) for gaps in zip(*both, strict=True))
    ratio = round(ours / theirs, 3) if theirs > 0 else None
    return {"instances": len(both), "ours": round(ours, 3), "theirs": round(theirs, 3),
            "ours_minus_peer": round(ours - theirs, 3), "ours_by_peer": ratio}  # fmt: skip


def _grouped(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row["instance"].partition("/")[0], row["solver"]), []).append(row)
    return grouped


def line(mean: Row) -> str:
    """Return a mean for people."""
    count = f"{mean['answered']} of {mean['instances']} answered"
    if mean["mean"] is None:
        return f"{mean['set']:24} {mean['solver']:9} no answer       {count}"
    return f"{mean['set']:24} {mean['solver']:9} mean {mean['mean']:7.3f} %  worst {mean['worst']:7.3f} %  {count}"


def line_against(row: Row) -> str:
    """Return ours beside a peer for people."""
    told = f"{row['ours_minus_peer']:+.3f} points ({row['ours']:.3f} and {row['theirs']:.3f} %)"
    return f"{row['set']:24} ours minus {row['peer']:9} {told} on the {row['instances']} that both answered"
