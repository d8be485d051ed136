"""What the network is told about its maps."""

from __future__ import annotations

import torch
from torch.nn import functional

from . import crops
from .network import TEXT_CHANNELS, TURN_CHANNELS, text_of

# Ground is seen this many times as much as text at most; of the rest only
# what the network is most wrong about counts.
_GROUND_SHARE = 3
_DIRECTION_WEIGHT = .4


def _text_loss(text: torch.Tensor, kind: torch.Tensor) -> torch.Tensor:
    wanted = (kind >= crops.TEXT).float()
    known = (kind != crops.NEITHER).float()
    each = functional.binary_cross_entropy_with_logits(
        text, wanted, reduction="none") * known
    positives = wanted.sum()
    ground = (each * (1 - wanted)).flatten()
    count = int(min(max(_GROUND_SHARE * positives.item(), ground.numel() / 50),
                    ground.numel()))
    hard = torch.topk(ground, count, sorted=False).values
    entropy = ((each * wanted).sum() + hard.sum()) / (positives + count)
    chance = torch.sigmoid(text) * known
    overlap = (chance * wanted).sum()
    dice = 1 - 2 * overlap / (chance.sum() + wanted.sum() + 1)
    return entropy + dice


def _direction_loss(maps: torch.Tensor, kind: torch.Tensor) -> torch.Tensor:
    # At a quarter of the size: the first of each 2 x 2 points decides.
    kind = kind[:, ::2, ::2]
    told = kind >= crops.FIRST_TURN
    if not told.any():
        return maps.sum() * 0
    turns = (kind[told] - crops.FIRST_TURN).long()
    first = TEXT_CHANNELS + TURN_CHANNELS
    given = maps[:, TEXT_CHANNELS:first].permute(0, 2, 3, 1)[told]
    mirrored = maps[:, first][told]
    return functional.cross_entropy(given, turns % 4) + (
        functional.binary_cross_entropy_with_logits(mirrored,
                                                    (turns >= 4).float()))


def loss(maps: torch.Tensor, kind: torch.Tensor) -> torch.Tensor:
    """Returns what training makes small."""
    return _text_loss(text_of(maps), kind) + _DIRECTION_WEIGHT * (
        _direction_loss(maps, kind))
