"""The plan of a day in the city: who asks what when, and what becomes of it. A pure function of its arguments."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from bihuan.drill import scripts
from bihuan.drill.city import City
from bihuan.drill.people import Person, draw_person
from bihuan.drill.scripts import DONE, Deed, Script
from bihuan.drill.wording import ERRANDS, OUTAGE, POWER, SHARES, Way, word

Row = dict[str, Any]

CHANNELS = {"web": 24, "telephone": 30, "wechat": 22, "platform": 10, "hotline": 14}
HOURS = (2, 1, 1, 1, 1, 3, 6, 10, 13, 12, 9, 8, 8, 7, 7, 8, 8, 10, 13, 14, 11, 8, 5, 3)
"""Weight of each hour of the day: quiet nights, peaks in the morning and after supper."""

POWER_ASKS = 500
OUTAGES = 9
WORDS_ONLY = frozenset({"advice", "praise", "complaint", "counselling", "offer_help", "offer_goods"})
STORY = "elderly_care"
STAYING = {"late": scripts.late, "held": scripts.long_held, "returned": scripts.long_returned}
MORNING = (
    (357, "medicine", "late"), (372, "food", "late"), (388, "baby_needs", "late"), (445, "repair", "held"),
    (466, "gas_card", "held"), (458, "water", "returned"), (474, "heating", "returned"),
)  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """One ask: when it comes (minutes after midnight), what it says and what becomes of it."""

    key: str
    at_min: float
    story: str
    body: dict[str, Any]
    deeds: Script


def plan_day(city: City, seed: int, day: date, power_asks: int = POWER_ASKS) -> list[Ask]:
    """Plan the asks of a day in the order in which they come."""
    rng = Random(f"{seed}/day")
    compounds = [site for site in city["sites"] if site["kind"] == "compound"]
    draft = _Draft(rng, seed, day, compounds)
    size = max(2, power_asks // (OUTAGES * 4))
    outage = [ask for _ in range(min(OUTAGES, power_asks // size)) for ask in draft.outage(size)]
    scattered = [draft.power() for _ in range(power_asks - len(outage))]
    errands = [draft.errand(service) for service, count in SHARES.items() for _ in range(count)]
    asks = (draft.first(), *outage, *scattered, *errands, *draft.morning())
    return sorted(asks, key=lambda ask: ask.at_min)


class _Draft:
    """Draws asks one after the other; each gets the next telephone number."""

    def __init__(self, rng: Random, seed: int, day: date, compounds: list[Row]) -> None:
        self.rng, self.seed, self.day, self.compounds = rng, seed, day, compounds
        self.weights = [site["population"] ** 0.5 for site in compounds]
        self.count = 0

    def power(self) -> Ask:
        """One household, by itself."""
        story, deeds = scripts.draw_script(self.rng, DONE["power"])
        return self.ask(self.minute(), "power_failure", POWER, story, deeds)

    def outage(self, size: int) -> Iterator[Ask]:
        """A compound goes dark: many ask within the hour, and the operator merges them into the first."""
        site, start = self.site(), self.minute()
        lead = self.ask(start, "power_failure", OUTAGE, "outage", (), site)
        twins = [self.twin(lead, site) for _ in range(size - 1)]
        merged_by = max(at_min for twin in twins for at_min, _ in moments(twin))
        yield replace(lead, deeds=scripts.outage(self.rng, DONE["power"], merged_by - start))
        yield from twins

    def twin(self, lead: Ask, site: Row) -> Ask:
        """A neighbour tells of the same outage."""
        at_min = min(lead.at_min + self.rng.expovariate(1 / 18), 1439.0)
        deeds = scripts.merged(self.rng, lead.key)
        return self.ask(at_min, "power_failure", OUTAGE, "twin", deeds, site)

    def errand(self, service: str) -> Ask:
        """One of the other services."""
        if service in WORDS_ONLY:
            story, deeds = "brief", scripts.brief(self.rng, DONE["words"])
        else:
            story, deeds = scripts.draw_script(self.rng, DONE["errand"])
        return self.ask(self.minute(), service, ERRANDS[service], story, deeds)

    def first(self) -> Ask:
        """The neighbour of ninety who can't leave the bed, at 08:14: said no to once, then yes."""
        deeds = scripts.unhappy(Random(self.seed), DONE["errand"])
        ask = self.ask(8 * 60 + 14, STORY, ERRANDS[STORY], "bedridden neighbour", deeds)
        return replace(ask, body={**ask.body, "channel": "web"})

    def morning(self) -> Iterator[Ask]:
        """What every desk still has before it at half past eight: overdue, held, returned."""
        for at_min, service, story in MORNING:
            deeds = STAYING[story](self.rng, DONE["errand"])
            yield self.ask(at_min, service, ERRANDS[service], story, deeds)

    def ask(
        self,
        at_min: float,
        service: str,
        ways: tuple[Way, ...],
        story: str,
        deeds: Script,
        site: Row | None = None,
    ) -> Ask:
        """Put an ask together."""
        place, person = site or self.site(), self.person()
        text, answers = word(self.rng, ways, person.language, (self.day + timedelta(days=1)).isoformat())
        key = f"day-{self.seed}-{self.day:%Y%m%d}-{self.count:04d}"
        body = {
            "client_id": key,
            "channel": self.rng.choices(list(CHANNELS), list(CHANNELS.values()))[0],
            "service": service,
            "text": text,
            "lon": round(place["lon"] + self.rng.gauss(0, 0.0006), 6),
            "lat": round(place["lat"] + self.rng.gauss(0, 0.0006), 6),
            "site": place["name_en"] if person.language == "en" else place["name_zh"],
            "name": person.name,
            "phone": person.phone,
            "answers": answers,
            "language": person.language,
        }
        return Ask(key, at_min, story, body, deeds)

    def person(self) -> Person:
        self.count += 1
        return draw_person(self.rng, self.count)

    def site(self) -> Row:
        return self.rng.choices(self.compounds, self.weights)[0]

    def minute(self) -> float:
        hour = self.rng.choices(range(24), HOURS)[0]
        return hour * 60 + self.rng.uniform(0, 60)


def clock_text(at_min: float) -> str:
    """Write minutes after midnight as ``08:14``; past midnight it goes on counting."""
    return f"{int(at_min) // 60:02d}:{int(at_min) % 60:02d}"


def moments(ask: Ask) -> Iterator[tuple[float, Deed]]:
    """Yield each deed of an ask with the minute at which it is meant to happen."""
    at_min = ask.at_min
    for deed in ask.deeds:
        at_min += deed.wait_min
        yield at_min, deed
