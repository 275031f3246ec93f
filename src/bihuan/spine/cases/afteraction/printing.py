"""What stands on the paper of an after-action report, from a counted report and the audit."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bihuan.spine.audit.models import Event
from bihuan.spine.cases.afteraction.chart import Chart, Strip, chart
from bihuan.spine.cases.afteraction.kinds import Kind
from bihuan.spine.cases.afteraction.paper import (
    ACCENT,
    LATE,
    MARGIN,
    SIZE,
    SOFT,
    WIDTH,
    Paper,
    counted,
    instant,
    width_of,
)
from bihuan.spine.cases.afteraction.picture import Picture
from bihuan.spine.cases.afteraction.reports import window_of
from bihuan.spine.cases.afteraction.timeline import Window, named, stream
from bihuan.spine.cases.afteraction.words import PROMISES, Line, Names, line, what
from bihuan.spine.cases.models.afteraction import Report

LINES = 2_000
FAILURES = 200
AGENCIES = 20
STRIP = 46.0
INNER = WIDTH - 2 * MARGIN
ENDS: dict[str, Promise] = {"sent": _("sent"), "failed": _("failed")}
HEADS: dict[str, Promise] = {
    "when": _("When"), "what": _("What"), "who": _("Who"), "case": _("Case"), "agency": _("Agency"),
    "service": _("Service"), "detail": _("Detail"),
}  # fmt: skip
CELLS: dict[str, Callable[[Line], str]] = {
    "when": lambda told: instant(told.event.at, with_seconds=True),
    "what": lambda told: told.what,
    "who": lambda told: told.who,
    "case": lambda told: str(told.event.case_id or ""),
    "agency": lambda told: told.agency,
    "service": lambda told: told.service,
    "detail": lambda told: told.detail,
}


def print_report(report: Report) -> bytes:
    """Return a counted report as a PDF, in the language in force."""
    picture, window, names = Picture(**report.picture), window_of(report), Names.load()
    paper = Paper(gettext("After-action report"), _proof(report))
    _head(paper, report, window, names)
    _hours(paper, chart(picture))
    _decisions(paper, picture, names)
    _failures(paper, picture, names)
    _messages(paper, picture, window)
    _timeline(paper, picture, window, names)
    return paper.done()


def _proof(report: Report) -> str:
    if not report.seal_id:
        return gettext("The audit bore no seal yet.")
    return gettext("Audit seal %(seal)s") % {"seal": f"{report.seal_id}:{report.seal_hash}"}


def _head(paper: Paper, report: Report, window: Window, names: Names) -> None:
    paper.line(gettext("After-action report"), size=20, is_bold=True)
    paper.line(f"{instant(window.from_at)} — {instant(window.until_at)}", size=13)
    paper.y -= 4
    for words in _narrowed(window, names):
        paper.line(words, ink=SOFT)
    when = instant(report.done_at or report.asked_at)
    made = gettext("Made from the audit alone, %(when)s: %(events)s.")
    paper.line(made % {"when": when, "events": counted(report.total)}, ink=SOFT)
    paper.line(_proof(report), ink=SOFT)
    proves = gettext(
        "Whoever holds this number can prove with “./run verify --since” that the log was not changed."
    )
    paper.line(proves, ink=SOFT)


def _narrowed(window: Window, names: Names) -> Iterable[str]:
    """Say what the report leaves out."""
    agencies = [names.agencies.get(number, str(number)) for number in window.agencies]
    services = [names.services.get(number, str(number)) for number in window.services]
    kinds = [str(Kind(kind).label) for kind in window.kinds]
    said = (
        (gettext("Agencies: %(names)s"), agencies),
        (gettext("Services: %(names)s"), services),
        (gettext("Kinds: %(names)s"), kinds),
    )
    return [words % {"names": gettext(", ").join(named)} for words, named in said if named]


def _hours(paper: Paper, drawn: Chart) -> None:
    paper.heading(gettext("Hour by hour"))
    if drawn.from_at is None or drawn.until_at is None:
        paper.line(gettext("Nothing happened."))
        return
    paper.room(4 * STRIP + 40)
    for strip in drawn.strips:
        _strip(paper, strip)
    paper.y -= 10
    paper.text(MARGIN + 110, paper.y, instant(drawn.from_at), size=7, ink=SOFT)
    end = instant(drawn.until_at)
    paper.text(WIDTH - MARGIN - width_of(end, 7), paper.y, end, size=7, ink=SOFT)
    note = gettext("Each bar is %(hours)d h; each row has its own scale.") % {"hours": drawn.step_h}
    paper.line(note, size=7, ink=SOFT)


def _strip(paper: Paper, strip: Strip) -> None:
    paper.y -= STRIP
    base, left, width = paper.y, MARGIN + 110, INNER - 110
    paper.text(MARGIN, base + 20, f"{strip.total:,}", size=15, is_bold=True)
    paper.text(MARGIN, base + 7, str(strip.label), ink=SOFT, width=104)
    paper.canvas.setFillColor(LATE if strip.series == "late" else ACCENT)
    for bar in strip.bars:
        gap = min(0.8, bar.width * width * 0.15)
        place, wide = left + bar.left * width, max(0.6, bar.width * width - gap)
        paper.canvas.rect(place, base, wide, bar.height * (STRIP - 14), stroke=0, fill=1)
    paper.rule(base)
    if strip.most:
        paper.text(
            left, base + STRIP - 12, gettext("most: %(count)d") % {"count": strip.most}, size=6.5, ink=SOFT
        )


def _decisions(paper: Paper, picture: Picture, names: Names) -> None:
    paper.heading(gettext("Decisions of command"))
    total = picture.totals.get("decisions", 0)
    if not total:
        paper.line(gettext("None."))
        return
    _more(paper, total, len(picture.decisions))
    _lines(paper, named(picture.decisions), names, {"when": 100, "what": 150, "who": 80, "case": 50})


def _failures(paper: Paper, picture: Picture, names: Names) -> None:
    paper.heading(gettext("Promises missed"))
    if not picture.totals.get("late"):
        paper.line(gettext("None."))
        return
    later, nobody = gettext("seen by a later move"), gettext("nobody yet")
    _counts(paper, gettext("Promise"), {str(PROMISES.get(k, later)): n for k, n in picture.promises.items()})
    by_name = {names.agencies.get(int(k), nobody): n for k, n in _most(picture.late_agencies)[:AGENCIES]}
    _counts(paper, gettext("Agency"), by_name)
    shown = picture.failures[:FAILURES]
    _more(paper, picture.totals["late"], len(shown))
    _lines(paper, named(shown), names, {"when": 100, "case": 60, "agency": 130, "service": 130})


def _messages(paper: Paper, picture: Picture, window: Window) -> None:
    paper.heading(gettext("Messages"))
    if window.is_narrowed:
        paper.line(gettext("Messages are counted for the whole city only."))
    elif picture.messages:
        heads = (gettext("Channel"), gettext("How it ended"), gettext("About"), gettext("Messages"))
        rows = [(*name.split(" ", 2), str(count)) for name, count in _most(picture.messages)]
        told = ((way, str(ENDS.get(end, end)), what(about), count) for way, end, about, count in rows)
        paper.table(list(zip(heads, (110, 90, 170, 80), strict=True)), told)
    else:
        paper.line(gettext("None."))


def _timeline(paper: Paper, picture: Picture, window: Window, names: Names) -> None:
    paper.heading(gettext("Timeline"))
    _more(paper, picture.events, min(LINES, picture.events))
    widths = {"when": 92.0, "what": 112.0, "who": 62.0, "case": 44.0, "agency": 84.0}
    _lines(paper, stream(window, LINES), names, widths)


def _lines(paper: Paper, events: Iterable[Event], names: Names, widths: Mapping[str, float]) -> None:
    """Write Events as a table: the columns named, and the detail in what is left of the width."""
    whole = {**widths, "detail": INNER - sum(widths.values())}
    cells = [CELLS[name] for name in whole]
    told = (line(event, names) for event in events)
    paper.table(
        [(str(HEADS[name]), width) for name, width in whole.items()],
        ([cell(one) for cell in cells] for one in told),
    )


def _counts(paper: Paper, head: str, counts: dict[str, int]) -> None:
    rows = ((name, f"{count:,}") for name, count in _most(counts))
    paper.table([(head, 230), (gettext("Missed"), 80)], rows)


def _more(paper: Paper, total: int, shown: int) -> None:
    """Say that a list is only the beginning, where it is."""
    if total > shown:
        words = gettext("The first %(shown)s of %(total)s; all are in the CSV file.")
        paper.line(words % {"shown": f"{shown:,}", "total": f"{total:,}"}, ink=SOFT, size=SIZE)


def _most(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
