"""Decoys drawn with lines: what viewers, machines and bodies put into images.

Each draws coverage of 0 to 255 into an image of `rows` by `columns`.
"""

from __future__ import annotations

import numpy as np
from PIL import ImageDraw


def _point(rng: np.random.Generator, rows: int,
           columns: int) -> tuple[float, float]:
    return (rng.uniform(.05, .95) * columns, rng.uniform(.05, .95) * rows)


def _curve(draw: ImageDraw.ImageDraw, x: np.ndarray, y: np.ndarray,
           width: int) -> None:
    draw.line(list(zip(x.tolist(), y.tolist())), fill=255, width=width)


def calipers(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
             columns: int) -> None:
    """Pairs of crosses with a dotted line between them."""
    for _ in range(int(rng.integers(1, 4))):
        start, end = (np.array(_point(rng, rows, columns)) for _ in "ab")
        arm = rng.integers(3, 7)
        for x, y in (start, end):
            draw.line((x - arm, y, x + arm, y), fill=255)
            draw.line((x, y - arm, x, y + arm), fill=255)
        steps = max(2, int(np.hypot(*(end - start)) / rng.integers(4, 8)))
        for share in np.linspace(0, 1, steps):
            draw.point(tuple(start + share * (end - start)), fill=255)


def grid(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
         columns: int) -> None:
    """A ruled or dotted net over all or a part of the image."""
    step = int(rng.integers(8, max(10, min(rows, columns) // 6)))
    part = rng.uniform(.3, 1)
    left, top = (rng.uniform(0, 1 - part) for _ in "xy")
    xs = np.arange(left * columns, (left + part) * columns, step)
    ys = np.arange(top * rows, (top + part) * rows, step)
    if rng.random() < .3:
        for x in xs:
            draw.point([(x, y) for y in ys], fill=255)
        return
    for x in xs:
        draw.line((x, ys[0], x, ys[-1]), fill=140)
    for y in ys:
        draw.line((xs[0], y, xs[-1], y), fill=140)


def ticks(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
          columns: int) -> None:
    """A ruler without numbers along an edge, or a bracket in the image."""
    upright = rng.random() < .6
    length = rows if upright else columns
    start, end = rng.uniform(.02, .3) * length, rng.uniform(.6, .98) * length
    at = (columns if upright else rows) * rng.choice([.02, .05, .93, .96])
    step, every = float(rng.uniform(4, 16)), int(rng.choice([4, 5, 10]))
    long = int(rng.integers(6, 13))
    for number, along in enumerate(np.arange(start, end, step)):
        reach = long if number % every == 0 else long // 2
        draw.line((at, along, at + reach, along) if upright
                  else (along, at, along, at + reach), fill=255)
    if rng.random() < .6:
        draw.line((at, start, at, end) if upright else (start, at, end, at),
                  fill=255)


def ecg(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
        columns: int) -> None:
    """One to three traces of heart beats."""
    for _ in range(int(rng.integers(1, 4))):
        x = np.arange(0, columns, 1.0)
        beat = rng.uniform(25, 90)
        phase = (x / beat + rng.random()) % 1
        wave = (1.0 * np.exp(-((phase - .4) / .018)**2)
                - .25 * np.exp(-((phase - .37) / .015)**2)
                - .3 * np.exp(-((phase - .43) / .015)**2)
                + .15 * np.exp(-((phase - .25) / .04)**2)
                + .22 * np.exp(-((phase - .65) / .06)**2))
        height = rng.uniform(8, 45)
        _curve(draw, x, rng.uniform(.1, .95) * rows - height * wave,
               int(rng.integers(1, 3)))


def wires(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
          columns: int) -> None:
    """Sternal wires: small twisted loops, one above the other."""
    x = rng.uniform(.3, .7) * columns
    count = int(rng.integers(3, 7))
    size = rng.uniform(.012, .035) * rows + 2
    for y in np.linspace(rng.uniform(.15, .3), rng.uniform(.6, .85), count):
        centre_x, centre_y = x + rng.normal(0, 3), y * rows
        t = np.linspace(rng.uniform(0, .6), 6.28, 24)
        turn = rng.uniform(.3, 1.1)
        _curve(draw, centre_x + 1.7 * size * np.cos(t),
               centre_y + size * turn * np.sin(t), 2)
        tail = np.array([0, rng.uniform(.8, 1.6) * size])
        draw.line((centre_x, centre_y + size, centre_x + rng.normal(0, size),
                   centre_y + size + tail[1]), fill=255, width=2)


def catheter(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
             columns: int) -> None:
    """A bent tube, sometimes a pair of its walls, with a tip."""
    t = np.linspace(0, 1, 60)
    knots = np.array([_point(rng, rows, columns) for _ in range(4)])
    weights = np.stack([(1 - t)**3, 3 * t * (1 - t)**2, 3 * t * t * (1 - t),
                        t**3], 1)
    x, y = (weights @ knots).T
    width = int(rng.integers(1, max(2, rows // 90) + 1))
    _curve(draw, x, y, width)
    if rng.random() < .4:
        gap = rng.uniform(3, 6)
        _curve(draw, x + gap, y + gap, width)
    radius = width + 1
    draw.ellipse((x[-1] - radius, y[-1] - radius, x[-1] + radius,
                  y[-1] + radius), fill=255)


def staples(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
            columns: int) -> None:
    """Surgical clips: short strokes in many directions along a curve."""
    count = int(rng.integers(5, 22))
    start, end = (np.array(_point(rng, rows, columns)) for _ in "ab")
    bow = rng.normal(0, .1) * rows
    for share in np.linspace(0, 1, count):
        x, y = start + share * (end - start)
        y += bow * np.sin(3.14 * share)
        angle, half = rng.uniform(0, 3.14), rng.uniform(2, 6)
        dx, dy = half * np.cos(angle), half * np.sin(angle)
        draw.line((x - dx, y - dy, x + dx, y + dy), fill=255,
                  width=int(rng.integers(1, 4)))


def table(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
          columns: int) -> None:
    """An empty form: ruled cells with nothing in them."""
    down, across = int(rng.integers(2, 9)), int(rng.integers(2, 6))
    high, wide = rng.uniform(10, 26), rng.uniform(.08, .2) * columns
    left = rng.uniform(0, max(1, columns - across * wide))
    top = rng.uniform(0, max(1, rows - down * high))
    for row in range(down + 1):
        draw.line((left, top + row * high, left + across * wide,
                   top + row * high), fill=255)
    for column in range(across + 1):
        draw.line((left + column * wide, top, left + column * wide,
                   top + down * high), fill=255)


def arrows(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
           columns: int) -> None:
    """Arrows and arrow heads, as readers put beside findings."""
    for _ in range(int(rng.integers(1, 6))):
        x, y = _point(rng, rows, columns)
        angle, head = rng.uniform(0, 6.28), rng.uniform(4, 13)
        if rng.random() < .7:
            length = rng.uniform(12, 60)
            draw.line((x, y, x + length * np.cos(angle),
                       y + length * np.sin(angle)), fill=255,
                      width=int(rng.integers(1, 4)))
        sides = [(x + head * np.cos(angle + side),
                  y + head * np.sin(angle + side)) for side in (-.45, .45)]
        draw.polygon([(x, y), *sides],
                     fill=255 if rng.random() < .7 else 0, outline=255)


def ellipses(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
             columns: int) -> None:
    """Regions of interest: ellipses and rectangles, whole or dashed."""
    for _ in range(int(rng.integers(1, 5))):
        x, y = _point(rng, rows, columns)
        a, b = (rng.uniform(.04, .2) * min(rows, columns) for _ in "ab")
        kind = rng.random()
        if kind < .6:
            draw.ellipse((x - a, y - b, x + a, y + b), outline=255,
                         width=int(rng.integers(1, 3)))
        elif kind < .8:
            draw.rectangle((x - a, y - b, x + a, y + b), outline=255)
        else:
            for start in range(0, 360, 20):
                draw.arc((x - a, y - b, x + a, y + b), start, start + 10,
                         fill=255)


def contours(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
             columns: int) -> None:
    """Freehand outlines, one in the other, as planning systems draw."""
    x, y = _point(rng, rows, columns)
    t = np.linspace(0, 6.2832, 90)
    shape = 1 + sum(rng.normal(0, .12) * np.cos(wave * t + rng.uniform(0, 6))
                    for wave in (2, 3, 4, 5))
    radius = rng.uniform(.06, .22) * min(rows, columns)
    for part in np.linspace(1, .4, int(rng.integers(1, 4))):
        _curve(draw, x + part * radius * shape * np.cos(t),
               y + part * radius * shape * np.sin(t), int(rng.integers(1, 3)))


def crosshair(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
              columns: int) -> None:
    """Lines through the image with a gap, as in reformatted views."""
    x, y = _point(rng, rows, columns)
    gap = rng.uniform(0, 25)
    for line in ((x, 0, x, y - gap), (x, y + gap, x, rows),
                 (0, y, x - gap, y), (x + gap, y, columns, y)):
        draw.line(line, fill=220)


def histogram(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
              columns: int) -> None:
    """Bars of a diagram, or the envelope of a Doppler spectrum."""
    wide = rng.uniform(.2, .6) * columns
    left, foot = rng.uniform(0, columns - wide), rng.uniform(.3, .98) * rows
    count = int(rng.integers(10, 40))
    heights = np.abs(rng.normal(0, .09, count)) * rows + 2
    step = wide / count
    for number, height in enumerate(heights):
        x = left + number * step
        draw.rectangle((x, foot - height, x + max(1, step - 2), foot),
                       fill=255)


def frames(rng: np.random.Generator, draw: ImageDraw.ImageDraw, rows: int,
           columns: int) -> None:
    """Nested rectangles and empty buttons of a viewer."""
    side = int(rng.integers(8, 26))
    x, y = _point(rng, rows, columns)
    for number in range(int(rng.integers(3, 10))):
        left = x + number * side * 1.4
        draw.rectangle((left, y, left + side, y + side), outline=255)
        if rng.random() < .5:
            draw.line((left + 3, y + side / 2, left + side - 3, y + side / 2),
                      fill=160)
