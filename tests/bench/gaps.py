"""Draws how the gap to the best known shrinks over time, as SVG."""

import math
from pathlib import Path

from bihuan.engines.routing.picture import COLOURS

WIDTH, HEIGHT, LEFT, FOOT = 640, 360, 52, 40
LEAST, MOST = 0.1, 30.0
Track = list[tuple[float, int]]


def draw(path: Path, name: str, known: int, tracks: dict[str, Track]) -> None:
    """Write one picture: a line for each solver, the gap on a scale of powers."""
    last = max([seconds for track in tracks.values() for seconds, _ in track] or [1.0])
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' font-family='sans-serif'",
        f" font-size='12'><rect width='{WIDTH}' height='{HEIGHT}' fill='#fff'/>",
        f"<text x='{LEFT}' y='18'>{name}: gap to best known, %</text>",
        *(_mark(gap) for gap in (0.1, 0.3, 1, 3, 10, 30)),
        *(_second(last * k / 4, last) for k in range(5)),
        *(_line(k, solver, track, known, last) for k, (solver, track) in enumerate(tracks.items()) if track),
        "</svg>\n",
    ]
    path.write_text("\n".join(parts))


def _x(seconds: float, last: float) -> float:
    return LEFT + (WIDTH - LEFT - 90) * seconds / last


def _y(gap: float) -> float:
    share = math.log(min(MOST, max(LEAST, gap)) / LEAST) / math.log(MOST / LEAST)
    return HEIGHT - FOOT - (HEIGHT - FOOT - 30) * share


def _mark(gap: float) -> str:
    y = _y(gap)
    line = f"<line x1='{LEFT}' x2='{WIDTH - 90}' y1='{y:.0f}' y2='{y:.0f}' stroke='#ddd'/>"
    return f"{line}<text x='8' y='{y + 4:.0f}'>{gap}</text>"


def _second(seconds: float, last: float) -> str:
    return f"<text x='{_x(seconds, last) - 8:.0f}' y='{HEIGHT - 16}'>{seconds:.0f} s</text>"


def _line(k: int, solver: str, track: Track, known: int, last: float) -> str:
    thin = track[:: max(1, len(track) // 200)] + track[-1:]
    spots = [(_x(seconds, last), _y(100 * (cost / known - 1))) for seconds, cost in thin]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    colour = COLOURS[k % len(COLOURS)]
    return (
        f"<polyline points='{points}' fill='none' stroke='{colour}' stroke-width='2'/>"
        f"<text x='{WIDTH - 84}' y='{spots[-1][1] + 4:.0f}' fill='{colour}'>{solver}</text>"
    )
