"""Boxes: (x, y, width, height) in pixels, half open, and what they cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Box = tuple[int, int, int, int]
Corners = Sequence[tuple[float, float]]  # four, around a rectangle

_GRID_ALONG, _GRID_ACROSS = 64, 9


def intersection(a: Box, b: Box) -> Box:
    """Returns the common part of two boxes; without area if there is none."""
    left, top = max(a[0], b[0]), max(a[1], b[1])
    right = min(a[0] + a[2], b[0] + b[2])
    bottom = min(a[1] + a[3], b[1] + b[3])
    return left, top, max(0, right - left), max(0, bottom - top)


def union_area(boxes: Iterable[Box]) -> int:
    """Returns how many pixels the boxes cover together."""
    solid = [box for box in boxes if box[2] > 0 and box[3] > 0]
    edges = sorted({x for box in solid for x in (box[0], box[0] + box[2])})
    area = 0
    for left, right in zip(edges, edges[1:]):
        spans = sorted((box[1], box[1] + box[3]) for box in solid
                       if box[0] <= left and box[0] + box[2] >= right)
        area += (right - left) * _length(spans)
    return area


def _length(spans: Sequence[tuple[int, int]]) -> int:
    """Returns the length of the union of sorted spans."""
    length, reached = 0, None
    for first, last in spans:
        start = first if reached is None else max(first, reached)
        length += max(0, last - start)
        reached = last if reached is None else max(reached, last)
    return length


def covered_share_of_turned(corners: Corners, within: Box,
                            others: Iterable[Box]) -> float:
    """Returns the part of a turned rectangle that the boxes cover, in [0, 1].

    Counted on a grid of points; those outside `within` do not count, as when
    the picture's edge cuts the rectangle.
    """
    boxes = [intersection(within, other) for other in others]
    (x0, y0), (x1, y1), _, (x3, y3) = corners
    inside = covered = 0
    for i in range(_GRID_ALONG):
        along = (i + .5) / _GRID_ALONG
        for j in range(_GRID_ACROSS):
            across = (j + .5) / _GRID_ACROSS
            x = x0 + along * (x1 - x0) + across * (x3 - x0)
            y = y0 + along * (y1 - y0) + across * (y3 - y0)
            inside += _holds(within, x, y)
            covered += any(_holds(box, x, y) for box in boxes)
    return covered / inside if inside else 0.0


def _holds(box: Box, x: float, y: float) -> bool:
    return (box[0] <= x < box[0] + box[2]
            and box[1] <= y < box[1] + box[3])


def covered_share(box: Box, others: Iterable[Box]) -> float:
    """Returns the part of `box` that the others cover together, in [0, 1]."""
    area = box[2] * box[3]
    if area <= 0:
        return 0.0
    return union_area(intersection(box, other) for other in others) / area
