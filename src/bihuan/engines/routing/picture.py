"""Pictures of plans, as SVG: no library, opens in every browser, prints."""

from collections.abc import Iterable, Sequence
from html import escape

from .legs import xy
from .plan import Plan, by_unit
from .problem import Ints, Problem

WIDTH, MARGIN, FOOT = 900, 12, 26
# Told apart by people who see colours differently (Okabe and Ito 2008).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#6a3d9a", "#555555")


def picture(problem: Problem, plan: Plan) -> str:
    """Return a picture of the routes; a problem of tables alone, without ``lonlat``, gives a picture that says so."""
    where = xy(problem.travel, problem.lonlat)
    if where is None or not len(where):
        return _svg(80, ["<text x='12' y='40'>These places have no positions.</text>"])
    spots, height = _scaled(where)
    body = [*_lines(problem, plan, spots), *_dots(problem, plan, spots)]
    told = f"{escape(problem.name)} {len(plan.trips)} trips, {len(plan.served())} stops, cost {plan.cost:,}"
    return _svg(height, [*body, f"<text x='{MARGIN}' y='{height - 8}'>{told.strip()}</text>"])


def _scaled(where: Ints) -> tuple[list[tuple[float, float]], int]:
    low, high = where.min(axis=0), where.max(axis=0)
    scale = (WIDTH - 2 * MARGIN) / max(1, *(high - low))
    height = int((high[1] - low[1]) * scale) + 2 * MARGIN + FOOT
    spots = (where - low) * scale
    return [(round(MARGIN + x, 1), round(height - FOOT - MARGIN - y, 1)) for x, y in spots.tolist()], height


def _lines(problem: Problem, plan: Plan, spots: Sequence[tuple[float, float]]) -> Iterable[str]:
    for k, ((number, _), trips) in enumerate(by_unit(plan.trips).items()):
        vehicle = problem.vehicles[number]
        for order, trip in enumerate(trips):
            first = vehicle.end if order else vehicle.start
            places = [first, *(problem.stops[stop].place for stop in trip.stops), vehicle.end]
            path = " ".join(f"{spots[place][0]},{spots[place][1]}" for place in places)
            title = f"{escape(vehicle.name)}, trip {order + 1}: {len(trip.stops)} stops"
            yield f"<polyline points='{path}' stroke='{COLOURS[k % len(COLOURS)]}'><title>{title}</title></polyline>"


def _dots(problem: Problem, plan: Plan, spots: Sequence[tuple[float, float]]) -> Iterable[str]:
    radius = max(0.8, min(4.0, 90 / max(1, len(problem.stops)) ** 0.5))
    served = plan.served()
    for k, stop in enumerate(problem.stops):
        x, y = spots[stop.place]
        look = "" if k in served else " class='out'"
        yield f"<circle cx='{x}' cy='{y}' r='{radius:.1f}'{look}><title>{escape(stop.name)}</title></circle>"
    for place in sorted({vehicle.start for vehicle in problem.vehicles}):
        x, y = spots[place]
        yield f"<rect x='{x - 6}' y='{y - 6}' width='12' height='12'/>"


def _svg(height: int, body: Iterable[str]) -> str:
    style = (
        "svg{background:#fff}polyline{fill:none;stroke-width:1.2;stroke-linejoin:round}circle{fill:#222}"
        ".out{fill:none;stroke:#c00;stroke-width:1.5}text{font:14px sans-serif;fill:#222}"
    )
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' role='img'><style>{style}</style>"
    return "\n".join([head, f"<rect width='{WIDTH}' height='{height}' fill='#fff'/>", *body, "</svg>", ""])
