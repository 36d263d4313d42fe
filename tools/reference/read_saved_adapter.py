"""Proves with PEFT that a folder written by `saveAdapter` holds the adapter that it should.

    pip install torch==2.15.0 transformers==5.23.0 peft==0.21.2
    python tools/reference/read_saved_adapter.py SAVED_FOLDER BASE [LOGITS]

BASE is the Hugging Face folder of the model that the adapter belongs to. PEFT must find every tensor that it wants and
know every tensor that is there. LOGITS is a safetensors file with `input_ids`, `logits` and, for a LLaVA,
`pixel_values`: the largest relative error allowed is 2e-5. Exits 1 where any of it is not so.
"""

import json
import sys
import warnings
from pathlib import Path

import torch
from peft import PeftModel
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, LlavaForConditionalGeneration

TOLERANCE = 2e-5


def load_base(folder: Path):
    is_llava = json.loads((folder / "config.json").read_text())["model_type"] == "llava"
    kind = LlavaForConditionalGeneration if is_llava else AutoModelForCausalLM
    return kind.from_pretrained(folder, dtype=torch.float32).eval()


def tensors_of(model) -> dict[str, torch.Tensor]:
    """The adapter in memory, under the names of its file."""
    found = {}
    for name, value in model.named_parameters():
        if ".lora_" in name or ".modules_to_save." in name:
            found[name.replace(".modules_to_save.default.", ".").replace(".default.", ".")] = value
    return found


@torch.no_grad()
def main() -> int:
    saved, base = Path(sys.argv[1]), Path(sys.argv[2])
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        model = PeftModel.from_pretrained(load_base(base), saved).eval()
    wrong = [str(w.message) for w in heard if "missing" in str(w.message) or "unexpected" in str(w.message)]
    stored, loaded = load_file(saved / "adapter_model.safetensors"), tensors_of(model)
    wrong += [f"{name} is only in one of file and model" for name in sorted(stored.keys() ^ loaded.keys())]
    wrong += [
        f"{name}: other values" for name in stored.keys() & loaded.keys()
        if not torch.equal(stored[name].float(), loaded[name].float())
    ]  # fmt: skip
    if len(sys.argv) > 3:
        numbers = load_file(sys.argv[3])
        images = {"pixel_values": numbers["pixel_values"]} if "pixel_values" in numbers else {}
        logits = model(input_ids=numbers["input_ids"].long(), **images).logits
        expected = numbers["logits"]
        error = ((logits - expected).abs().max() / (1e-6 + expected.abs().max())).item()
        print(f"largest relative error {error:.2e}")
        if error > TOLERANCE:
            wrong.append(f"the logits are missed by {error:.2e}")
    print(f"{saved}: " + ("; ".join(wrong) or "the same adapter"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
