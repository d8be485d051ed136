"""Fits the weights of the risk model (detector/policy/risk.cc).

Logistic regression on the strengths of the factors, without negative weights.
A weight that the data say little about stays near its prior: PRIOR has the
weights that give unproven and unreadable text a risk of 1/4 and text with a sign
of score 0.8 a risk of 0.8, so that kinds of signs that the generator seldom
draws are taken at their score, and that double the odds for what a header says
of an object.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

SIGNS = ("HEADER", "FIELD", "NATIONAL_NUMBER", "DATE", "LISTED_NAME", "SHAPE",
         "INSTITUTION", "OTHER")
TEXTS = ("UNPROVEN", "UNREADABLE")
FACTS = ("BURNED_IN", "CAPTURED", "PRINTS_TEXT")
FACTORS = SIGNS + TEXTS + FACTS

PRIOR_BASE = -7.0
_TEXT = math.log(1 / 3)
_STRENGTH = .6  # of a sign of score 0.8; see StrengthOf in risk.cc
PRIOR = np.array(
    [(math.log(4) - _TEXT) / _STRENGTH] * 6 + [1.0, 1.0]
    + [_TEXT - PRIOR_BASE] * 2 + [math.log(2)] * 3)
# How many observations' worth the prior weighs, in units of log-odds.
PRIOR_STRENGTH = .2
# Nothing counts for less: a sign of a person names somebody at a score of 0.8,
# also where the data have it beside another one only; what a header says may
# double the odds at least.
_NAMING = 2.0  # log-odds from unproven text to an identifying one
LEAST = np.array([_NAMING / _STRENGTH] * 6 + [0.0] * 4 + [math.log(2)] * 3)
_STEPS = 4000


def strengths(factors: Sequence[dict[str, float]]) -> np.ndarray:
    """Returns a row for each set of factors."""
    return np.array([[one.get(name, 0.0) for name in FACTORS]
                     for one in factors])


def fit(rows: np.ndarray, labels: np.ndarray,
        used: Sequence[str] = FACTORS) -> tuple[float, np.ndarray]:
    """Returns the base and the weights; those that are not `used` are 0.

    Accelerated projected gradient from a fixed start, so that the same data
    give the same weights.
    """
    mask = np.array([name in used for name in FACTORS], float)
    design = np.hstack([np.ones((len(rows), 1)), rows * mask])
    prior = np.concatenate([[PRIOR_BASE], PRIOR * mask])
    least = np.concatenate([[-np.inf], LEAST * mask])
    step = 1 / (np.linalg.norm(design, 2) ** 2 / 4 + PRIOR_STRENGTH)
    point = ahead = prior.copy()
    momentum = 1.0
    for _ in range(_STEPS):
        expected = 1 / (1 + np.exp(-np.clip(design @ ahead, -40, 40)))
        gradient = (design.T @ (expected - labels)
                    + PRIOR_STRENGTH * (ahead - prior))
        moved = np.maximum(ahead - step * gradient, least)
        following = (1 + math.sqrt(1 + 4 * momentum ** 2)) / 2
        ahead = moved + (momentum - 1) / following * (moved - point)
        point, momentum = moved, following
    return float(point[0]), point[1:] * mask


def as_code(region: tuple[float, np.ndarray],
            whole: tuple[float, np.ndarray]) -> str:
    """Returns the table of risk.cc."""
    rows = [f"constexpr double kRegionBase = {region[0]:.2f};",
            f"constexpr double kObjectBase = {whole[0]:.2f};"]
    rows += [f'    {{"{name}", {a:.2f}, {b:.2f}}},'
             for name, a, b in zip(FACTORS, region[1], whole[1])]
    return "\n".join(rows)
