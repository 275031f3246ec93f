"""A picture of figures that compare: a bar for each, as SVG."""

from collections.abc import Sequence
from html import escape

WIDTH, ROW, LEFT, RIGHT = 720, 30, 230, 120
OURS, THEIRS = "#0072b2", "#999999"


def bars(title: str, rows: Sequence[tuple[str, float, str, bool]]) -> str:
    """Return a picture of (name, value, value in words, whether it is ours), one row each."""
    most = max((value for _, value, _, _ in rows), default=1.0) or 1.0
    body = [f'<text x="12" y="26" font-size="16">{escape(title)}</text>']
    for k, (name, value, words, is_ours) in enumerate(rows):
        y, width = 44 + ROW * k, max(1.0, (WIDTH - LEFT - RIGHT) * value / most)
        body += [
            f'<text x="{LEFT - 8}" y="{y + 15}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="20" fill="{OURS if is_ours else THEIRS}"/>',
            f'<text x="{LEFT + width + 6:.1f}" y="{y + 15}">{escape(words)}</text>',
        ]
    height = 56 + ROW * len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="sans-serif" font-size="13" fill="#222">\n<title>{escape(title)}</title>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n' + "\n".join(body) + "\n</svg>\n"
    )
