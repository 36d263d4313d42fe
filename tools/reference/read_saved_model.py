"""Proves with transformers that a folder written by `saveLlava` holds the model that was loaded.

    pip install torch==2.15.0 transformers==5.23.0
    python tools/reference/read_saved_model.py SAVED_FOLDER SOURCE

SOURCE is the Hugging Face folder that the model came from, or a fixture of kind `llava`, `llama` or `llava-original`
(whose model is its folder `model`). The saved folder must be read without missing and unexpected tensors. Against a
Hugging Face folder: the same tensors by name, shape and dtype, the same bits, the same config once transformers has
read it, numbers of the same kind in config.json, and bit by bit the same logits. Against the numbers of a fixture: a
largest relative error of 2e-5. Exits 1 where any of it is not so.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import AutoConfig, AutoModelForCausalLM, LlavaForConditionalGeneration

TOLERANCE = 2e-5
# Where a config was read from, and which version wrote it.
NOT_CONFIG = {"_name_or_path", "transformers_version", "llava"}


def stored_tensors(folder: Path) -> dict[str, torch.Tensor]:
    files = sorted(folder.glob("model*.safetensors"))
    load = load_file if files else lambda file: torch.load(file, map_location="cpu", weights_only=True)
    tensors = {}
    for file in files or sorted(folder.glob("pytorch_model*.bin")):
        tensors |= load(file)
    return tensors


def different_tensors(saved: Path, source: Path) -> list[str]:
    new, old = stored_tensors(saved), stored_tensors(source)
    # What transformers computes anew: not part of a model.
    old = {name: value for name, value in old.items() if not name.endswith(("position_ids", "rotary_emb.inv_freq"))}
    wrong = [f"{name} is only in one of them" for name in sorted(new.keys() ^ old.keys())]
    for name in sorted(new.keys() & old.keys()):
        if (new[name].dtype, new[name].shape) != (old[name].dtype, old[name].shape):
            wrong.append(f"{name}: {new[name].dtype} {tuple(new[name].shape)}, was {old[name].dtype}")
        elif not torch.equal(new[name], old[name]):
            wrong.append(f"{name}: other values")
    return wrong


def differences(new, old, path="") -> list[str]:
    """Where two JSON values differ; 1 is not 1.0."""
    if isinstance(new, dict) and isinstance(old, dict):
        keys = sorted((new.keys() | old.keys()) - NOT_CONFIG)
        missing = object()
        values = [(key, new.get(key, missing), old.get(key, missing)) for key in keys]
        return [found for key, value, was in values for found in differences(value, was, f"{path}.{key}")]
    return [] if type(new) is type(old) and new == old else [f"{path[1:]}: {new}, was {old}"]


def read_config(folder: Path) -> dict:
    return json.loads((folder / "config.json").read_text())


def load(folder: Path):
    is_llava = read_config(folder)["model_type"] == "llava"
    kind = LlavaForConditionalGeneration if is_llava else AutoModelForCausalLM
    model, report = kind.from_pretrained(folder, dtype=torch.float32, output_loading_info=True)
    return model.eval(), [*report["missing_keys"], *report["unexpected_keys"], *report["mismatched_keys"]]


def some_batch(config) -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    text = config.get_text_config()
    if config.model_type != "llava":
        return {"input_ids": torch.randint(0, text.vocab_size, (2, 12))}
    image = config.image_token_index
    ids = torch.randint(0, text.vocab_size, (2, 12))
    ids[ids == image] = image - 1
    vision = config.vision_config
    per_image = (vision.image_size // vision.patch_size) ** 2
    per_image += 1 if config.vision_feature_select_strategy == "full" else 0
    images = torch.full((2, per_image), image)
    pixels = torch.randn(2, 3, vision.image_size, vision.image_size)
    return {"input_ids": torch.cat([ids[:, :3], images, ids[:, 3:]], dim=1), "pixel_values": pixels}


def against_folder(saved: Path, source: Path, model) -> list[str]:
    wrong = different_tensors(saved, source)
    wrong += [f"config.json: {found}" for found in differences(read_config(saved), read_config(source))]
    understood = [AutoConfig.from_pretrained(folder).to_dict() for folder in (saved, source)]
    wrong += [f"config: {found}" for found in differences(*understood)]
    original, _ = load(source)
    batch = some_batch(model.config)
    if not torch.equal(model(**batch).logits, original(**batch).logits):
        wrong.append("the logits are others")
    return wrong


def relative_error(actual, expected):
    return ((actual - expected).abs().max() / (1e-6 + expected.abs().max())).item()


def against_numbers(fixture: Path, model) -> list[str]:
    kind = json.loads((fixture / "golden.json").read_text())["kind"]
    numbers = load_file(fixture / "golden.safetensors")
    if kind == "llava-original":
        features = model.get_image_features(numbers["pixel_values"])
        features = getattr(features, "pooler_output", features)
        features = torch.stack(list(features)) if isinstance(features, (list, tuple)) else features
        error = relative_error(features.reshape(numbers["image_features"].shape), numbers["image_features"])
    else:
        ids, mask = numbers["input_ids"].long(), numbers["attention_mask"].long()
        images = {"pixel_values": numbers["pixel_values"]} if kind == "llava" else {}
        valid = mask.bool()
        logits = model(input_ids=ids, attention_mask=mask, **images).logits
        error = relative_error(logits[valid], numbers["logits"][valid])
    print(f"largest relative error {error:.2e}")
    return [f"the numbers of the fixture are missed by {error:.2e}"] if error > TOLERANCE else []


@torch.no_grad()
def main():
    saved, given = Path(sys.argv[1]), Path(sys.argv[2])
    source = given / "model" if (given / "golden.json").exists() else given
    model, unread = load(saved)
    wrong = [f"transformers misses or does not expect {name}" for name in unread]
    if "mm_vision_tower" not in read_config(source):
        wrong += against_folder(saved, source, model)
    if source != given:
        wrong += against_numbers(given, model)
    print(f"{saved}: " + ("; ".join(wrong) or "the same model"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
