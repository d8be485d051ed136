"""Pictures without text that look like images of a modality at a glance.

A background is a function (rng, rows, columns, frames) that yields one float32
array per frame: (rows, columns) or, for colour, (rows, columns, 3). Values are
brightness in [0, 1]; CT yields Hounsfield units instead. Everything random is
drawn from `rng`, so one stream always gives the same frames.
"""

from collections.abc import Callable, Iterator

import numpy as np

from . import ct, mammogram, mr, radiograph, screen, ultrasound, vessels

Background = Callable[[np.random.Generator, int, int, int],
                      Iterator[np.ndarray]]

BACKGROUNDS: dict[str, Background] = {
    "us-sector": ultrasound.sector,
    "us-linear": ultrasound.linear,
    "us-doppler": ultrasound.doppler,
    "ct-head": ct.head,
    "ct-chest": ct.chest,
    "ct-abdomen": ct.abdomen,
    "mr-brain": mr.brain,
    "mr-thigh": mr.thigh,
    "chest": radiograph.chest,
    "hand": radiograph.hand,
    "forearm": radiograph.forearm,
    "breast": mammogram.breast,
    "vessels": vessels.angiogram,
    "screenshot": screen.screenshot,
    "film": screen.film,
    "paper": screen.paper,
}
