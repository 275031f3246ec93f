"""Draws how the gap to the best known shrinks over time, a panel for each problem, as one SVG."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

Track = list[tuple[float, int]]
"""Seconds, and the cost of the plan found then."""

WIDE, HIGH, LEFT, TOP, GAP = 250, 190, 50, 96, 34
COLUMNS = 3
FIRST_S = 0.1
MARKS = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
SECONDS = (0.1, 1.0, 10.0, 100.0, 1000.0)
MOST_POINTS = 300
SPOTS = {
    "circle": "<circle r='4'/>",
    "square": "<rect x='-3.5' y='-3.5' width='7' height='7'/>",
    "triangle": "<path d='M0-5 4.5 3.5H-4.5z'/>",
    "diamond": "<path d='M0-5.5 5 0 0 5.5-5 0z'/>",
}
# Name, dashes, mark at the end, colour on white, colour on black (Okabe and Ito 2008): told apart without colour too.
LOOKS = {
    "ours": ("Bihuan", "none", "circle", "#0072b2", "#56b4e9"),
    "pyvrp": ("PyVRP", "8 3", "square", "#c04a00", "#ff9a4d"),
    "ortools": ("OR-Tools", "2 3", "triangle", "#00785a", "#3ccf9f"),
    "vroom": ("VROOM", "9 3 2 3", "diamond", "#a0508a", "#e6a3cf"),
}


@dataclass(slots=True)
class Panel:
    """One problem: how each solver went, and why those did not that gave no answer."""

    name: str
    stops: int
    known: int
    tracks: dict[str, Track] = field(default_factory=dict)
    silent: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Scale:
    """What all panels share: both axes, in powers of ten, and the budget."""

    last_s: float
    least: float
    most: float
    seconds: float

    def x(self, seconds: float) -> float:
        """Return where in a panel a moment lies."""
        return WIDE * math.log(max(FIRST_S, seconds) / FIRST_S) / math.log(self.last_s / FIRST_S)

    def y(self, gap: float) -> float:
        """Return where in a panel a gap lies, from its top."""
        held = min(self.most, max(self.least, gap))
        return HIGH - HIGH * math.log(held / self.least) / math.log(self.most / self.least)


def picture(panels: list[Panel], seconds: float) -> str:
    """Return all panels beside each other, each with the same axes."""
    scale = scale_of(panels, seconds)
    columns, rows = min(COLUMNS, len(panels)) or 1, -(-len(panels) // COLUMNS)
    width, height = LEFT + columns * (WIDE + GAP), TOP + rows * (HIGH + 74)
    title = f"Gap to the best known plan over time, budget {seconds:g} s"
    solvers = [solver for solver in LOOKS if any(solver in panel.tracks for panel in panels)]
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' role='img' font-family='sans-serif'",
        f" font-size='12'><title>{title}</title><desc>{escape(' '.join(map(in_words, panels)))}</desc>",
        f"<style>{style()}</style><rect class='paper' width='{width}' height='{height}'/>",
        f"<text x='{LEFT}' y='24' font-size='15'>{title}</text>",
        *(_legend(k, solver) for k, solver in enumerate(solvers)),
        *(_panel(k, panel, scale) for k, panel in enumerate(panels)),
        "</svg>\n",
    ]
    return "\n".join(parts)


def scale_of(panels: list[Panel], seconds: float) -> Scale:
    """Return axes that hold every gap of up to 100 %."""
    tracks = [(panel.known, track) for panel in panels for track in panel.tracks.values()]
    moments = [moment for _, track in tracks for moment, _ in track]
    found = [gap_of(cost, known) for known, track in tracks for _, cost in track]
    least = max((mark for mark in MARKS if mark <= min(found, default=1.0)), default=MARKS[0])
    most = min((mark for mark in MARKS if mark >= max(found, default=10.0)), default=MARKS[-1])
    return Scale(max([seconds, *moments, 1.0]), least, max(most, 3 * least), seconds)


def gap_of(cost: int, known: int) -> float:
    """Return how much worse a cost is than the best known, in %."""
    return 100 * (cost / known - 1)


def best_so_far(track: Track) -> Track:
    """Return the moments at which a plan was better than all before, thinned, and the last moment."""
    found: Track = []
    for moment, cost in track:
        if not found or cost < found[-1][1]:
            found.append((moment, cost))
    thin = found[:: max(1, len(found) // MOST_POINTS)]
    return [*thin, (track[-1][0], found[-1][1])] if found else []


def in_words(panel: Panel) -> str:
    """Return where each solver ended, for those who don't see the picture."""
    ends = [f"{LOOKS[name][0]} {gap:.2f} %" for name, gap in _ends(panel)]
    none = [f"{LOOKS[name][0]} no answer ({why})" for name, why in panel.silent.items()]
    return f"{panel.name}, {panel.stops:,} stops: {', '.join(ends + none)}."


def _ends(panel: Panel) -> Iterator[tuple[str, float]]:
    for name, track in panel.tracks.items():
        if track and name not in panel.silent:
            yield name, gap_of(best_so_far(track)[-1][1], panel.known)


def style() -> str:
    """Return colours for light and for dark."""
    light = "".join(f".{name}{{stroke:{look[3]};fill:{look[3]}}}" for name, look in LOOKS.items())
    dark = "".join(f".{name}{{stroke:{look[4]};fill:{look[4]}}}" for name, look in LOOKS.items())
    dashes = "".join(f".{name}{{stroke-dasharray:{look[1]}}}" for name, look in LOOKS.items())
    return (
        ".paper{fill:#fff}text{fill:#222}.grid{stroke:#ddd}.small{font-size:11px;fill:#555}"
        "path.line{fill:none;stroke-width:2}path.ours{stroke-width:2.6}.spot{stroke:none}"
        f"{light}{dashes}@media(prefers-color-scheme:dark){{.paper{{fill:#14181d}}text{{fill:#e6e6e6}}"
        f".grid{{stroke:#3a4048}}.small{{fill:#b0b6bd}}{dark}}}path.line{{fill:none}}.spot{{stroke:none}}"
    )


def _legend(k: int, solver: str) -> str:
    x = LEFT + k * 150
    return (
        f"<path class='line {solver}' d='M{x} 46h44'/><g class='spot {solver}' transform='translate({x + 44} 46)'>"
        f"{SPOTS[LOOKS[solver][2]]}</g><text x='{x + 56}' y='50'>{LOOKS[solver][0]}</text>"
    )


def _panel(k: int, panel: Panel, scale: Scale) -> str:
    x, y = LEFT + (k % COLUMNS) * (WIDE + GAP), TOP + (k // COLUMNS) * (HIGH + 74)
    is_first = k % COLUMNS == 0
    body = [
        f"<g transform='translate({x} {y})'>",
        f"<text y='-10'><tspan font-weight='bold'>{escape(panel.name)}</tspan>, {panel.stops:,} stops</text>",
        *(_mark(mark, scale, is_first) for mark in MARKS if scale.least <= mark <= scale.most),
        *(_second(second, scale) for second in SECONDS if second <= scale.last_s),
        f"<text class='small' x='{WIDE}' y='{HIGH + 32}' text-anchor='end'>seconds</text>",
        *([f"<text class='small' x='-{LEFT - 8}' y='{HIGH + 32}'>gap in %</text>"] if is_first else []),
        *(_line(name, panel, scale) for name in reversed(LOOKS) if name in dict(_ends(panel))),
        *_silent(panel),
        "</g>",
    ]
    return "\n".join(body)


def _mark(gap: float, scale: Scale, has_words: bool) -> str:
    y = f"{scale.y(gap):.1f}"
    line = f"<path class='grid' d='M0 {y}H{WIDE}'/>"
    words = f"<text class='small' x='-8' y='{y}' dy='4' text-anchor='end'>{gap:g}</text>"
    return line + words if has_words else line


def _second(seconds: float, scale: Scale) -> str:
    x = f"{scale.x(seconds):.1f}"
    line = f"<path class='grid' d='M{x} 0V{HIGH}'/>"
    return f"{line}<text class='small' x='{x}' y='{HIGH + 16}' text-anchor='middle'>{seconds:g}</text>"


def _line(solver: str, panel: Panel, scale: Scale) -> str:
    points = [(scale.x(s), scale.y(gap_of(c, panel.known))) for s, c in best_so_far(panel.tracks[solver])]
    (x, y), rest = points[0], points[1:]
    steps = "".join(f"H{across:.1f}V{down:.1f}" for across, down in rest)
    at = f"{points[-1][0]:.1f} {points[-1][1]:.1f}"
    return (
        f"<path class='line {solver}' d='M{x:.1f} {y:.1f}{steps}'/>"
        f"<g class='spot {solver}' transform='translate({at})'>{SPOTS[LOOKS[solver][2]]}</g>"
    )


def _silent(panel: Panel) -> Iterator[str]:
    for k, (solver, why) in enumerate(reversed(panel.silent.items())):
        yield f"<text class='small' x='4' y='{HIGH - 7 - 15 * k}'>{LOOKS[solver][0]}: {escape(why)}</text>"
