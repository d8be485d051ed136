"""How a line stands in its image: turned, mirrored, cut, in which style."""

from __future__ import annotations

from dataclasses import dataclass

# What a person can be asked to read: smallest height of a capital in pixels
# and smallest contrast either way.
LEGIBLE_HEIGHT_PX, LEGIBLE_CONTRAST = 7, 35 / 255


@dataclass(frozen=True)
class Pose:
    """See the README's table for each field.

    `corners` are (x, y) in the frame; empty stands for those of the line's
    box. `visible_text` is None where all of the text is visible.
    `drowned` says that the background makes the letters unreadable whatever
    their contrast; `smallest_px` is the height they can be read at.
    """

    style: str = "plain"
    script: str | None = "latin"
    orientation: int = 0
    mirrored: bool = False
    skew_degrees: float = 0.0
    corners: tuple[tuple[float, float], ...] = ()
    visible: float = 1.0
    visible_text: str | None = None
    symbology: str | None = None
    drowned: bool = False
    smallest_px: int = LEGIBLE_HEIGHT_PX


def is_legible(pose: Pose, text: str, height_px: int, contrast: float) -> bool:
    """Tells whether a person can be asked to read the line; `contrast` is the
    larger of its two contrasts, without sign."""
    seen = text if pose.visible_text is None else pose.visible_text
    enough = len(seen) >= min(3, len(text)) or 2 * len(seen) >= len(text)
    if pose.symbology:
        enough = pose.visible == 1.0
    return (height_px >= pose.smallest_px and contrast >= LEGIBLE_CONTRAST
            and enough and not pose.drowned)
