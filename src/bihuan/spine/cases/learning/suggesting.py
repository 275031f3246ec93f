"""What the latest training suggests for a text: services and agencies, how likely, and the words that speak for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bihuan.kernel import clock
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.learning.grams import PLACE, evened, grams_of, spans
from bihuan.spine.cases.learning.judging import ranked
from bihuan.spine.cases.learning.weights import TOP_PHRASES, Weights
from bihuan.spine.cases.models import Learnt, Service, Taught

FRESH_FOR = timedelta(minutes=1)
OFFERED = 3
LEAST = 0.4  # less likely than this is no suggestion


@dataclass(frozen=True)
class Suggested:
    """One label with how likely it is; ``words`` of the text speak for it, ``by_place`` its district does too."""

    code: str
    probability: float
    words: tuple[str, ...]
    by_place: bool

    @property
    def percent(self) -> int:
        return round(100 * self.probability)


@dataclass(frozen=True)
class Suggestion:
    """Likely services and agencies, the likeliest first; empty where nothing is likely enough or nothing was learnt."""

    services: tuple[Suggested, ...] = ()
    agencies: tuple[Suggested, ...] = ()
    learnt: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.services or self.agencies)


@dataclass(frozen=True)
class _Kept:
    looked_at: datetime
    latest: Mapping[str, tuple[int, Weights]]
    in_use: Mapping[str, frozenset[str]]


_kept: _Kept | None = None


def suggest(text: str, district: str = "", *, without_agencies: Iterable[str] = ()) -> Suggestion:
    """Suggest what a text is about; ``without_agencies`` have said that it is not theirs."""
    kept = _look()
    latest, used = kept.latest, kept.in_use
    if not text.strip() or not latest:
        return Suggestion()
    services = _of(Taught.SERVICE, latest, text, district, used[Taught.SERVICE])
    agencies = _of(Taught.AGENCY, latest, text, district, used[Taught.AGENCY] - set(without_agencies))
    return Suggestion(services, agencies, tuple(number for number, _ in latest.values()))


def _of(
    what: str, latest: Mapping[str, tuple[int, Weights]], text: str, district: str, allowed: frozenset[str]
) -> tuple[Suggested, ...]:
    if what not in latest:
        return ()
    weights, grams = latest[what][1], grams_of(text, district)
    likely = weights.probabilities(grams)
    best = [at for at in ranked(weights, grams) if weights.labels[at] in allowed][:OFFERED]
    if not best or likely[best[0]] < LEAST:
        return ()
    return tuple(_suggested(weights, grams, text, at, float(likely[at])) for at in best)


def _suggested(weights: Weights, grams: frozenset[str], text: str, at: int, probability: float) -> Suggested:
    label = weights.labels[at]
    speaking = weights.speaking(grams, label)
    by_place = any(gram.startswith(PLACE) for gram in speaking)
    return Suggested(label, probability, phrases(text, speaking), by_place)


def phrases(text: str, speaking: Mapping[str, float]) -> tuple[str, ...]:
    """Return the pieces of a text that the speaking grams make up, the weightiest first; Latin words whole."""
    plain = evened(text)
    marked: dict[int, float] = {}
    for gram, start, end in spans(plain):
        if weight := speaking.get(gram):
            for at in range(max(0, start), min(end, len(plain))):
                marked[at] = marked.get(at, 0.0) + weight / len(gram)
    pieces: dict[str, float] = {}
    for start, end in _pieces(plain, sorted(marked)):
        words = plain[start:end].strip()
        pieces[words] = max(pieces.get(words, 0.0), sum(marked.get(at, 0.0) for at in range(start, end)))
    best = sorted((words for words in pieces if words), key=lambda words: (-pieces[words], words))
    return tuple(best[:TOP_PHRASES])


def _pieces(plain: str, marked: list[int]) -> Iterable[tuple[int, int]]:
    """Join marked characters that stand together; of a Latin word take all."""
    end = -1
    for at in marked:
        if at < end or not plain[at].isalnum():
            continue
        start, end = at, at + 1
        latin = plain[at].isascii()
        while latin and start > 0 and plain[start - 1].isascii() and plain[start - 1].isalnum():
            start -= 1
        while end < len(plain) and (
            _is_latin(plain[end]) if latin else end in marked and not _is_latin(plain[end])
        ):
            end += 1
        yield start, end


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _in_use(model: type[Service] | type[Agency]) -> frozenset[str]:
    return frozenset(model.objects.filter(is_active=True).values_list("code", flat=True))


def _look() -> _Kept:
    """Return the latest weights of each thing learnt, kept in this process and looked for anew each minute."""
    global _kept
    now = clock.now()
    if _kept is None or not _kept.looked_at <= now < _kept.looked_at + FRESH_FOR:
        used = {Taught.SERVICE.value: _in_use(Service), Taught.AGENCY.value: _in_use(Agency)}
        _kept = _Kept(now, _load(_kept.latest if _kept else {}), used)
    return _kept


def _load(known: Mapping[str, tuple[int, Weights]]) -> dict[str, tuple[int, Weights]]:
    found = {}
    for what in Taught.values:
        newest = Learnt.objects.filter(what=what).exclude(weights=b"").order_by("-trained_at", "-id")
        number = newest.values_list("pk", flat=True).first()
        if number is not None:
            found[what] = known[what] if known.get(what, (0,))[0] == number else (number, _read(number))
    return found


def _read(number: int) -> Weights:
    return Weights.unpack(bytes(Learnt.objects.values_list("weights", flat=True).get(pk=number)))


def forget() -> None:
    """Look for what was learnt anew next time."""
    global _kept
    _kept = None
