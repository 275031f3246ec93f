"""People in care on the printed list of a building: who, masked, behind which door, and what endangers them."""

from bihuan.lines.protection.kinds import Status
from bihuan.lines.protection.queries import visible_people
from bihuan.lines.protection.reading import name_of, reveal_doors
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.named import in_language
from bihuan.spine.cases.registry import Household
from bihuan.spine.places.models import Site

MOST = 300


def households_of(user: User, site: Site) -> list[Household]:
    """Return the people in care at a site whom this person's office looks after; opens their doors, audited."""
    people = list(visible_people(user).filter(site=site, status=Status.LISTED).order_by("pk")[:MOST])
    doors = reveal_doors(people=people, by=user)
    joint = in_language("、", ", ")
    return [
        Household(
            door=door,
            who=name_of(person),
            what=joint.join(str(kind.label) for kind in person.kind_list),
            due_at=person.next_check_at,
        )
        for person, door in zip(people, doors, strict=True)
    ]
