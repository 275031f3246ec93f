"""Finding a Case's owner: ordered rules, held in memory for a batch; the first that fits decides.

After the last rule stands a built-in one: a service goes to the service's own agency. It counts only where the
asker has chosen the service. What even that does not catch goes to the triage queue, to a person.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.models import Edition, EditionState, Rule, Service
from bihuan.spine.cases.states import Priority
from bihuan.spine.places.atlas import Found
from bihuan.spine.places.models import ZoneState

REASON_LIMIT = 200
PATTERNS_KEPT = 5_000


@dataclass(frozen=True)
class Decision:
    """Who gets a Case, how urgent it is, and why, in both languages. No agency: a person has to sort it."""

    agency: Agency | None
    priority: str
    reason_zh: str
    reason_en: str
    rule_number: int | None = None


NO_RULE = ("没有规则能确定承办单位", "no rule says which agency this belongs to")


class Rulebook:
    """The rules of one edition with the services and agencies there are, ready to be asked often."""

    def __init__(self, rules: Iterable[Rule], services: Iterable[Service]) -> None:
        self.services = {service.code: service for service in services}
        self._rules = sorted(rules, key=lambda rule: rule.number)
        self._by_service: dict[int | None, list[Rule]] = {}
        self._danger = tuple(word for service in self.services.values() for word in service.danger_words)

    @classmethod
    def load(cls, edition: Edition | None = None) -> "Rulebook":
        """Read what is in force now, or an edition that is tried."""
        rules = Rule.objects.filter(is_active=True, agency__is_active=True).select_related("agency")
        chosen = (
            rules.filter(edition=edition) if edition else rules.filter(edition__state=EditionState.IN_FORCE)
        )
        return cls(chosen, Service.objects.select_related("agency"))

    def decide(self, service: Service | None, place: Found, text: str, zone_state: str = "") -> Decision:
        """Find the owner of one Submission."""
        return self.decide_by(next(self.fitting(service, place, text, zone_state), None), service, text)

    def fitting(
        self, service: Service | None, place: Found, text: str, zone_state: str = ""
    ) -> Iterator[Rule]:
        """Yield the rules that fit, in their order; the first one is the one that decides."""
        return (rule for rule in self._rules_for(service) if _fits(rule, place, text, zone_state))

    def decide_by(self, rule: Rule | None, service: Service | None, text: str) -> Decision:
        """Say what follows when this rule, or none, is the first that fits."""
        priority = self._priority(service, rule, text)
        if rule is not None:
            zh, en = (
                f"规则 {rule.number}：{rule.name_zh}",
                f"rule {rule.number}: {rule.name_en or rule.name_zh}",
            )
            return Decision(rule.agency, priority, zh[:REASON_LIMIT], en[:REASON_LIMIT], rule.number)
        if service and service.agency and service.agency.is_active:
            return Decision(service.agency, priority, *_own_agency(service, service.agency))
        return Decision(None, priority, *NO_RULE)

    def _rules_for(self, service: Service | None) -> list[Rule]:
        """Return the rules that this service may meet, sorted out when it is first asked for."""
        number = service.pk if service else None
        if number not in self._by_service:
            self._by_service[number] = [rule for rule in self._rules if rule.service_id in (None, number)]
        return self._by_service[number]

    def _priority(self, service: Service | None, rule: Rule | None, text: str) -> str:
        danger = tuple(service.danger_words) if service else self._danger
        if danger and pattern_of(danger).search(text):
            return Priority.URGENT
        if rule is not None and rule.priority:
            return rule.priority
        return service.priority if service else Priority.NORMAL


def _fits(rule: Rule, place: Found, text: str, zone_state: str) -> bool:
    if rule.zone_state and rule.zone_state != (zone_state or ZoneState.NORMAL):
        return False
    if rule.site_id is not None and rule.site_id != place.site_id:
        return False
    if rule.district_id is not None and rule.district_id not in (place.district_id, place.street_id):
        return False
    return not rule.words or pattern_of(tuple(rule.words)).search(text) is not None


def _own_agency(service: Service, agency: Agency) -> tuple[str, str]:
    zh = f"该事项的承办单位：{service.name_zh}归{agency.name_zh}"
    en = f"the service's own agency: {service.name_en or service.name_zh} goes to {agency.name_en or agency.name_zh}"
    return zh[:REASON_LIMIT], en[:REASON_LIMIT]


@lru_cache(maxsize=PATTERNS_KEPT)
def pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of some words: a Latin one as a whole (no "fire" in "firewood"), others anywhere."""
    parts = (rf"(?<![a-z]){re.escape(w)}(?![a-z])" if w.isascii() else re.escape(w) for w in words if w)
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)
