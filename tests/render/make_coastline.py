"""Makes `generator/render/pictures/coastline.txt`, the land of the map, from the npm package world-atlas.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tests/render/make_coastline.py package/land-110m.json

The package (ISC) redistributes Natural Earth 4.1.0, 1:110m land (public domain), as TopoJSON: arcs of quantized points,
each the difference to the one before; a ring is a list of arcs, `~n` arc n backwards. Of that we keep rings alone, in
tenths of a degree, without Antarctica and without the points that make no difference at that size. A ring that
crosses the meridian of 180 goes on beyond it.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from generator.render.pictures.ground import COASTLINE, Ring

_SOURCE = """\
# The land of the earth but Antarctica, for the map of posts. Natural Earth 4.1.0, 1:110m land (public domain), from the
# npm package world-atlas 2.0.2 (ISC), by tests/render/make_coastline.py. A line is a ring: longitude and latitude
# of a point in tenths of a degree, then from each point to the next; the last one leads back to the first by itself.
"""

_SOUTHERNMOST = -600  # tenths of a degree; Antarctica lies beyond
_WESTERNMOST = -1725  # no part of America does
_ROUND = 3600
_FLATTEST = (
    0.5  # a point that lies so near to the line between those beside it, in tenths of a degree, is left out
)


def rings(atlas: Mapping[str, Any]) -> Iterator[Ring]:
    """The rings of all land, in tenths of a degree."""
    (scale_x, scale_y), (left, bottom) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = [
        [
            (round((x * scale_x + left) * 10), round((y * scale_y + bottom) * 10))
            for x, y in accumulate(arc, lambda at, step: (at[0] + step[0], at[1] + step[1]))
        ]
        for arc in atlas["arcs"]
    ]
    for geometry in atlas["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                points = [point for n in ring for point in (arcs[n] if n >= 0 else arcs[~n][::-1])[:-1]]
                yield simplified(
                    unbroken([point for point, after in pairwise([*points, points[0]]) if point != after])
                )


def unbroken(ring: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A ring whose points lie beside each other also where they stand on both sides of 180 degrees."""
    points = [ring[0]]
    for (before, _), (x, y) in pairwise(ring):
        step = (x - before + _ROUND // 2) % _ROUND - _ROUND // 2
        points.append((points[-1][0] + step, y))
    # The map begins at 170 degrees west, between Asia and America.
    is_west = min(x for x, _ in points) < _WESTERNMOST
    return [(x + _ROUND, y) for x, y in points] if is_west else points


def simplified(ring: Sequence[tuple[int, int]]) -> Ring:
    """A ring without the points of which nothing would be seen: the triangle with those beside it is flat."""
    kept = list(ring)
    at = 0
    while at < len(kept) and len(kept) > 3:
        (ax, ay), (bx, by), (cx, cy) = kept[at - 1], kept[at], kept[(at + 1) % len(kept)]
        twice_area = abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay))
        base = max(1.0, ((cx - ax) ** 2 + (cy - ay) ** 2) ** 0.5)
        if twice_area / base < _FLATTEST:
            del kept[at]
        else:
            at += 1
    return tuple(kept)


def written(ring: Ring) -> str:
    """A ring as a line of the file; no blank stands before a minus."""
    numbers = [*ring[0]]
    for (x, y), (after_x, after_y) in pairwise(ring):
        numbers += [after_x - x, after_y - y]
    return " ".join(map(str, numbers)).replace(" -", "-")


def main() -> None:
    """Write the file."""
    atlas = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    kept = [ring for ring in rings(atlas) if max(y for _, y in ring) > _SOUTHERNMOST]
    lines = [written(ring) for ring in sorted(kept, key=lambda ring: (-len(ring), ring))]
    COASTLINE.write_text(_SOURCE + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} rings, {sum(map(len, kept))} points, {COASTLINE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
