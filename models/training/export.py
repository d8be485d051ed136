"""Trained networks as ONNX that OpenCV 4.6 and ONNX Runtime read."""

from __future__ import annotations

import copy
import pathlib

import numpy as np
import onnx
import onnx.numpy_helper
import torch
from torch import nn


def _fold(module: nn.Module) -> None:
    """Puts every batch normalisation into the convolution before it."""
    for child in module.children():
        _fold(child)
    if (isinstance(module, nn.Sequential) and len(module) > 1
            and isinstance(module[1], nn.BatchNorm2d)):
        module[0] = nn.utils.fusion.fuse_conv_bn_eval(module[0], module[1])
        module[1] = nn.Identity()


def export(network: nn.Module, answer: nn.Module, shape: tuple[int, ...],
           any_length: dict[str, dict[int, str]], path: pathlib.Path) -> None:
    """Writes `network` with `answer` behind it, which makes probabilities of
    its logits. `shape` is that of an input "x"; `any_length` names the
    dimensions of "x" and "probability" that may have any length."""
    folded = copy.deepcopy(network).eval()
    _fold(folded)
    torch.onnx.export(
        nn.Sequential(folded, answer), torch.zeros(shape), str(path),
        opset_version=11, input_names=["x"], output_names=["probability"],
        dynamic_axes=any_length)


def restore(network: nn.Module, path: pathlib.Path) -> None:
    """Gives `network` the weights that `export` wrote. Its batch
    normalisations, which are folded there, leave values as they are but for
    the convolutions' biases, and have to stay in evaluation mode."""
    known = {one.name: torch.from_numpy(
        np.array(onnx.numpy_helper.to_array(one)))
        for one in onnx.load(str(path)).graph.initializer}
    with torch.no_grad():
        for name, module in network.named_modules():
            if isinstance(module, nn.Conv2d):
                module.weight.copy_(known.pop(f"0.{name}.weight"))
                if module.bias is not None:
                    module.bias.copy_(known.pop(f"0.{name}.bias"))
            elif isinstance(module, nn.BatchNorm2d):
                before = f"{name.rpartition('.')[0]}.0"
                module.running_mean.zero_()
                module.running_var.fill_(1 - module.eps)
                module.weight.fill_(1)
                module.bias.copy_(known.pop(f"0.{before}.bias"))
    if known:
        raise ValueError(f"{path} has weights that the network has not: "
                         f"{', '.join(sorted(known))}")
