"""The pens of a drawing: flat shapes, presentation attributes only; no gradients, styles or scripts."""

from itertools import pairwise

WIDTH, HEIGHT = 600, 400

# Custom properties with fallbacks: shown with <use> a drawing follows sector, hub theme and night, see art.css;
# the bare file still works as an <img> in a feed.
FILLS = (
    "var(--art-0,#e9e3d0)",
    "var(--art-1,#d3d9bd)",
    "var(--art-2,#aebf98)",
    "var(--art-3,#7d9c78)",
    "var(--art-4,#4b7459)",
    "var(--art-5,#214a3d)",
)
LINE = "var(--art-line,#14302a)"
SUN = "var(--art-sun,#d9793f)"

Point = tuple[float, float]


def smooth(points: list[Point], *, closed: bool = False) -> str:
    """Return a path through the midpoints of a polyline; whole numbers and relative curves keep it small."""
    corners = [(round(x), round(y)) for x, y in points]
    if closed:
        corners += corners[:2]
    middles = [((a[0] + b[0]) // 2, (a[1] + b[1]) // 2) for a, b in pairwise(corners)]
    here = middles[0] if closed else corners[0]
    path = f"M{here[0]} {here[1]}"
    if not closed:
        here = middles[0]
        path += f"L{here[0]} {here[1]}"
    for corner, end in zip(corners[1:], middles[1:], strict=False):
        path += f"q{corner[0] - here[0]} {corner[1] - here[1]} {end[0] - here[0]} {end[1] - here[1]}"
        here = end
    return path + ("z" if closed else f"L{corners[-1][0]} {corners[-1][1]}")


def shape(path: str, fill: str = "none", **attributes: object) -> str:
    """Return a filled path; attribute names are written with underscores."""
    rest = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<path d="{path}" fill="{fill}"{rest}/>'


def land(line: list[Point], fill: str) -> str:
    """Return everything below a line."""
    return shape(f"{smooth(line)}V{HEIGHT}H0z", fill)


def hairline(path: str, *, opacity: float, width: float) -> str:
    """Return a thin stroke in the line colour."""
    return shape(path, stroke=LINE, stroke_opacity=opacity, stroke_width=width)


def sun(x: float, y: float, radius: float) -> str:
    """Return the sun, which is a moon at night."""
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}" fill="{SUN}"/>'


def ground(fill: str = FILLS[0]) -> str:
    """Return the sheet that everything else is drawn on."""
    return shape(f"M0 0H{WIDTH}V{HEIGHT}H0z", fill)
