"""New York City's 311 service requests (NYC Open Data, dataset erm2-nwe9): a heading, 41 columns."""

from typing import Any

from bihuan.spine.door.mappings.mapping import Fields, Mapping, Row, position, sentence

CHANNELS = {"ONLINE": "web", "MOBILE": "platform", "PHONE": "telephone"}

Kind = tuple[str, dict[str, Any]]
"""Service and answers to its questions."""

PARKING: Kind = ("road", {"matter": "parking"})
DEAD_VEHICLE: Kind = ("road", {"matter": "car"})
DAMAGED_ROAD: Kind = ("road", {"matter": "hole"})
HOME: Kind = ("repair", {"what": "other"})
OTHER_NOISE: Kind = ("noise", {"source": "other"})
UNSORTED: Kind = ("", {})

KINDS: dict[str, Kind] = {
    "HEAT/HOT WATER": ("heating", {"extent": "building"}),
    "Boilers": ("heating", {"extent": "building"}),
    "ELECTRIC": ("power_failure", {"extent": "home", "matter": "line"}),
    "WATER LEAK": ("water", {"extent": "home", "matter": "burst"}),
    "PLUMBING": ("water", {"extent": "home", "matter": "drain"}),
    "Water System": ("water", {"extent": "compound", "matter": "burst"}),
    "Sewer": ("water", {"extent": "compound", "matter": "drain"}),
    "Illegal Parking": PARKING,
    "Blocked Driveway": PARKING,
    "Abandoned Vehicle": DEAD_VEHICLE,
    "Derelict Vehicles": DEAD_VEHICLE,
    "Street Condition": DAMAGED_ROAD,
    "Sidewalk Condition": DAMAGED_ROAD,
    "Noise": ("noise", {"source": "works"}),
    "Noise - Residential": ("noise", {"source": "home"}),
    "Noise - Vehicle": ("noise", {"source": "traffic"}),
    "Noise - Street/Sidewalk": OTHER_NOISE,
    "Noise - Park": OTHER_NOISE,
    "Noise - Commercial": OTHER_NOISE,
    "UNSANITARY CONDITION": ("rubbish", {"matter": "vermin"}),
    "Rodent": ("rubbish", {"matter": "vermin"}),
    "Dirty Condition": ("rubbish", {"matter": "full"}),
    "Missed Collection": ("rubbish", {"matter": "full"}),
    "Residential Disposal Complaint": ("rubbish", {"matter": "dump"}),
    "Illegal Dumping": ("rubbish", {"matter": "dump"}),
    "Elevator": ("repair", {"what": "lift"}),
    "DOOR/WINDOW": ("repair", {"what": "window"}),
    "PAINT/PLASTER": ("repair", {"what": "roof"}),
    "FLOORING/STAIRS": HOME,
    "General Construction/Plumbing": HOME,
    "Scaffold Safety": HOME,
    "School Maintenance": HOME,
    "GENERAL": HOME,
    "SAFETY": HOME,
    "Lost Property": ("lost", {"what": "thing"}),
    "Consumer Complaint": ("complaint", {"about": "price"}),
    "For Hire Vehicle Complaint": ("complaint", {"about": "conduct"}),
    "Food Establishment": ("complaint", {"about": "other"}),
    "Vendor Enforcement": ("complaint", {"about": "other"}),
}
"""What is not here (a tree, an animal, a person who sleeps in the street) comes in without a service."""

DETAILS: dict[tuple[str, str], dict[str, Any]] = {
    ("HEAT/HOT WATER", "APARTMENT ONLY"): {"extent": "home"},
    ("ELECTRIC", "POWER OUTAGE"): {"matter": "out"},
    ("Water System", "No Water (WNW)"): {"matter": "none"},
}


def fields(row: Row) -> Fields:
    """Turn a row into the fields of a Submission; raises ``KeyError`` where a column is missing."""
    kind, detail = row["Complaint Type"], row["Descriptor"]
    service, answers = KINDS.get(kind, UNSORTED)
    return {
        "client_id": f"nyc-311-{row['Unique Key']}",
        "channel": CHANNELS.get(row["Open Data Channel Type"], "platform"),
        "service": service,
        "text": sentence(kind, detail, row["Location Type"], row["Created Date"]),
        "site": sentence(row["Incident Address"] or row["Street Name"], row["City"] or row["Borough"])[:120],
        "answers": answers | DETAILS.get((kind, detail), {}),
        "language": "en",
        **position(row["Longitude"], row["Latitude"]),
    }


MAPPING = Mapping("nyc-311", "New York City 311 service requests, as CSV from NYC Open Data", fields)
