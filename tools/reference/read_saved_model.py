"""Reads a folder written by `saveLlava` with transformers and compares its logits with those of a fixture.

    pip install torch==2.15.0 transformers==5.23.0
    python tools/reference/read_saved_model.py SAVED_FOLDER FIXTURE_FOLDER

The fixture is of kind `llava`, `llama` or `llava-original`. Prints the largest relative error and the tensors that
transformers missed or did not expect; exits 1 where the error is above 2e-5 or any tensor is missing.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, LlavaForConditionalGeneration

TOLERANCE = 2e-5


def relative_error(actual, expected):
    return ((actual - expected).abs().max() / (1e-6 + expected.abs().max())).item()


def compare(model, golden, numbers):
    kind = golden["kind"]
    if kind == "llava-original":
        features = model.get_image_features(numbers["pixel_values"])
        features = getattr(features, "pooler_output", features)
        features = torch.stack(list(features)) if isinstance(features, (list, tuple)) else features
        expected = numbers["image_features"]
        return relative_error(features.reshape(expected.shape), expected)
    ids, mask = numbers["input_ids"].long(), numbers["attention_mask"].long()
    images = {"pixel_values": numbers["pixel_values"]} if kind == "llava" else {}
    logits = model(input_ids=ids, attention_mask=mask, **images).logits
    valid = mask.bool()
    return relative_error(logits[valid], numbers["logits"][valid])


def main():
    saved, fixture = Path(sys.argv[1]), Path(sys.argv[2])
    golden = json.loads((fixture / "golden.json").read_text())
    numbers = load_file(fixture / "golden.safetensors")
    kind = AutoModelForCausalLM if golden["kind"] == "llama" else LlavaForConditionalGeneration
    model, report = kind.from_pretrained(saved, dtype=torch.float32, output_loading_info=True)
    with torch.no_grad():
        error = compare(model.eval(), golden, numbers)
    missing, unexpected = list(report["missing_keys"]), list(report["unexpected_keys"])
    print(f"{saved}: largest relative error {error:.2e}, missing {missing}, unexpected {unexpected}")
    return 1 if error > TOLERANCE or missing or unexpected else 0


if __name__ == "__main__":
    sys.exit(main())
