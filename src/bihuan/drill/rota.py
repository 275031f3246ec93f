"""The rota of the demonstration: each post of an office takes turns with its like, round the clock."""

from collections import defaultdict
from typing import Any

from bihuan.drill.staff import staff_rows

Row = dict[str, Any]

# An operator sits at the hotline as an officer does at a bureau; the commander answers for the whole city.
DUTIES = {"officer": "officer", "operator": "officer", "supervisor": "supervisor", "commander": "supervisor"}


def rota_rows() -> list[Row]:
    """Return who takes turns: agency, duty, people by username; one row for each agency and role."""
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in staff_rows():
        if row["role"] in DUTIES:
            groups[row["agency"], row["role"]].append(row["username"])
    return [
        {"agency": agency, "duty": DUTIES[role], "people": people}
        for (agency, role), people in groups.items()
    ]
