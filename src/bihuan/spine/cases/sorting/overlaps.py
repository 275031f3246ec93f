"""Which rules can never decide, because an earlier one fits whenever they do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bihuan.spine.cases.models import Rule
from bihuan.spine.cases.rules import pattern_of
from bihuan.spine.places.models import District, Site


@dataclass(frozen=True)
class Hidden:
    """A rule that never decides, and the earlier one that fits in all its Cases."""

    rule: Rule
    behind: Rule

    @property
    def is_harmless(self) -> bool:
        """Whether the earlier rule says the same: then the later one may simply go."""
        return (self.rule.agency_id, self.rule.priority) == (self.behind.agency_id, self.behind.priority)


def hidden_rules(rules: Sequence[Rule]) -> list[Hidden]:
    """Name each rule in use that is wholly hidden by an earlier one."""
    used = [rule for rule in rules if rule.is_active]
    above = _streets(used) | _sites(used)
    found = []
    for at, rule in enumerate(used):
        behind = next((earlier for earlier in used[:at] if covers(earlier, rule, above)), None)
        if behind is not None:
            found.append(Hidden(rule, behind))
    return found


Above = Mapping[tuple[str, int], frozenset[int]]


def covers(earlier: Rule, later: Rule, above: Above) -> bool:
    """Say whether every Case that fits the later rule fits the earlier one too."""
    return (
        earlier.service_id in (None, later.service_id)
        and earlier.site_id in (None, later.site_id)
        and earlier.zone_state in ("", later.zone_state)
        and _covers_district(earlier, later, above)
        and _covers_words(earlier.words, later.words)
    )


def _covers_district(earlier: Rule, later: Rule, above: Above) -> bool:
    if earlier.district_id in (None, later.district_id):
        return True
    around = above.get(("district", later.district_id or 0), frozenset())
    around |= above.get(("site", later.site_id or 0), frozenset())
    return earlier.district_id in around


def _covers_words(earlier: Sequence[str], later: Sequence[str]) -> bool:
    """Say whether a text that holds one of the later words always holds one of the earlier ones."""
    if not earlier:
        return True
    found = pattern_of(tuple(earlier))
    # A word that is not all Latin is found inside others too: what stands at its edges must not count as whole.
    return bool(later) and all(found.search(w if w.isascii() else f"x{w}x") for w in later)


def _streets(rules: Sequence[Rule]) -> dict[tuple[str, int], frozenset[int]]:
    ids = {rule.district_id for rule in rules if rule.district_id}
    parents = District.objects.filter(pk__in=ids, parent__isnull=False).values_list("id", "parent_id")
    return {("district", number): frozenset({parent}) for number, parent in parents if parent}


def _sites(rules: Sequence[Rule]) -> dict[tuple[str, int], frozenset[int]]:
    ids = {rule.site_id for rule in rules if rule.site_id}
    rows = Site.objects.filter(pk__in=ids).values_list("id", "district_id", "street_id")
    return {("site", number): frozenset({county, street} - {None}) for number, county, street in rows}
