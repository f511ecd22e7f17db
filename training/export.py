"""Write the trained reader as the product loads it: encoder.onnx (int8), heads.npz, tokenizer.json, facts.json."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from data import MODES, STATUSES, TYPES
from net import LONGEST, EventReader


class _Encoder(torch.nn.Module):
    def __init__(self, encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids, mask):
        return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state


def export(model: EventReader, tokenizer_folder: Path, out: Path, facts: dict) -> None:
    """Write all four files into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    whole = out / "encoder-float.onnx"
    ids = torch.ones(2, 16, dtype=torch.long)
    torch.onnx.export(
        _Encoder(model.encoder),
        (ids, torch.ones_like(ids)),
        str(whole),
        input_names=["ids", "mask"],
        output_names=["states"],
        dynamic_axes={"ids": {0: "b", 1: "t"}, "mask": {0: "b", 1: "t"}, "states": {0: "b", 1: "t"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(str(whole), str(out / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    heads = {
        name: value.detach().numpy().astype(np.float16)
        for name, value in model.named_parameters()
        if not name.startswith("encoder")
    }
    np.savez(out / "heads.npz", **heads)
    shutil.copy(tokenizer_folder / "tokenizer.json", out / "tokenizer.json")
    told = {"types": TYPES, "statuses": STATUSES, "modes": MODES, "longest": LONGEST, **facts}
    (out / "facts.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
