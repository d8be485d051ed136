"""The trained network as ONNX that OpenCV 4.6 and ONNX Runtime read."""

from __future__ import annotations

import copy
import pathlib

import torch
from torch import nn

from .network import STRIDE, TextMaps


def _fold(module: nn.Module) -> None:
    """Puts every batch normalisation into the convolution before it."""
    for child in module.children():
        _fold(child)
    if (isinstance(module, nn.Sequential) and len(module) > 1
            and isinstance(module[1], nn.BatchNorm2d)):
        module[0] = nn.utils.fusion.fuse_conv_bn_eval(module[0], module[1])
        module[1] = nn.Identity()


def export(network: TextMaps, path: pathlib.Path) -> None:
    """Writes `network` with any number of rows and columns."""
    folded = copy.deepcopy(network).eval()
    _fold(folded)
    network = nn.Sequential(folded, nn.Sigmoid())
    side = 4 * STRIDE
    torch.onnx.export(
        network, torch.zeros(1, 3, side, side), str(path), opset_version=11,
        input_names=["x"], output_names=["probability"],
        dynamic_axes={"x": {2: "rows", 3: "columns"},
                      "probability": {2: "map_rows", 3: "map_columns"}})
