"""The picture of a plan: how well each need is covered, sorted, in one plan and in another, as SVG."""

from html import escape

import numpy as np

from bihuan.engines.matching.problem import Floats

WIDTH, HEIGHT = 720, 360
LEFT, TOP, PLOT_W, PLOT_H = 52, 44, 640, 264
# Told apart in grey and by people who see colours differently (Okabe and Ito, 2008), and by the dashes.
LINES = (("#d55e00", "6 4"), ("#0072b2", "none"), ("#009e73", "2 3"))
MOST_POINTS = 1000


def coverage_picture(curves: dict[str, Floats], title: str) -> str:
    """Return a picture with a line for each plan: its needs from the least covered to the best.

    Parameters
    ----------
    curves
        The coverage of the needs, from 0 to 1, by the name of the plan.
    """
    lines = [_line(curve, *LINES[k % len(LINES)]) for k, curve in enumerate(curves.values())]
    names = [_name(name, k, LINES[k % len(LINES)]) for k, name in enumerate(curves)]
    body = "\n".join([*_frame(title, max((len(c) for c in curves.values()), default=0)), *lines, *names])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="13" fill="#222">\n<title>{escape(title)}</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _frame(title: str, needs: int) -> list[str]:
    rows = [f'<text x="{LEFT}" y="24" font-size="16">{escape(title)}</text>']
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = TOP + PLOT_H * (1 - share)
        rows.append(f'<path d="M{LEFT} {y:g}h{PLOT_W}" stroke="#ddd"/>')
        rows.append(f'<text x="{LEFT - 8}" y="{y + 4:g}" text-anchor="end">{share:.0%}</text>')
    middle, low = LEFT + PLOT_W / 2, TOP + PLOT_H + 18
    rows.append(
        f'<text x="{middle:g}" y="{low}" text-anchor="middle">{needs:,} needs, the least covered first</text>'
    )
    return rows


def _line(coverage: Floats, colour: str, dashes: str) -> str:
    shares = np.sort(coverage)
    step = max(1, len(shares) // MOST_POINTS)
    points = " ".join(
        f"{LEFT + PLOT_W * k / max(1, len(shares) - 1):.1f},{TOP + PLOT_H * (1 - shares[k]):.1f}"
        for k in sorted({*range(0, len(shares), step), len(shares) - 1} - {-1})
    )
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}"/>'


def _name(name: str, place: int, look: tuple[str, str]) -> str:
    x, y = LEFT + 210 * place, HEIGHT - 12
    return (
        f'<path d="M{x} {y - 4}h28" stroke="{look[0]}" stroke-width="2.5" stroke-dasharray="{look[1]}"/>'
        f'<text x="{x + 34}" y="{y}">{escape(name)}</text>'
    )
