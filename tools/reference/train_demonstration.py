"""Repeats stage 1 of docs/training.md in PyTorch, from the same weights and the same order, and writes its losses.

    pip install torch==2.15.0 transformers==5.23.0 pillow
    python tools/reference/train_demonstration.py START DATA.json IMAGES OUTPUT.json [--checkpoints FOLDER]

START is written by `tests/demonstration/write-start.ts`: weights, recipe, order. Everything else is done anew here:
prompts by the chat template, tokens, pixels, features, gradients, AdamW with warm-up and cosine. The run goes its own way
from the first step to the last. With --checkpoints its weights are compared to those that the run in question saved.
"""

import argparse
import json
import math
import pathlib

import torch
import transformers
from PIL import Image
from safetensors.torch import load_file
from transformers import AutoTokenizer, CLIPImageProcessorPil, LlavaForConditionalGeneration

IGNORED = -100


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("start", type=pathlib.Path)
    options.add_argument("data", type=pathlib.Path)
    options.add_argument("images", type=pathlib.Path)
    options.add_argument("output", type=pathlib.Path)
    options.add_argument("--checkpoints", type=pathlib.Path, help="what the other run saved, to compare weights with")
    options.add_argument("--perturb", type=float, default=0.0, help="relative noise in the projector it begins with")
    options.add_argument("--steps", type=int, help="stop after so many; the schedule stays that of all of them")
    arguments = options.parse_args()

    folder = arguments.start / "model"
    batches = json.loads((arguments.start / "batches.json").read_text())
    recipe = json.loads((arguments.start / "recipe.json").read_text())
    samples = {sample["id"]: sample for sample in json.loads(arguments.data.read_text())}
    model = LlavaForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
    make_batch = Batches(model.config, folder, arguments.images)
    model.requires_grad_(False)
    projector = model.model.multi_modal_projector
    perturb(projector, arguments.perturb)
    projector.requires_grad_(True)

    settings = recipe["optimizer"]
    assert settings["kind"] == "adamw" and recipe["schedule"]["kind"] == "cosine", "not this program's recipe"
    optimizer = torch.optim.AdamW(
        projector.parameters(),
        lr=recipe["learningRate"],
        betas=tuple(settings["betas"]),
        eps=settings["epsilon"],
        weight_decay=settings["weightDecay"],
    )
    warmup = math.ceil(recipe["schedule"]["warmupRatio"] * len(batches))
    schedule = transformers.get_cosine_schedule_with_warmup(optimizer, warmup, len(batches))
    losses, norms, errors = [], [], {}
    for step, ids in enumerate(batches[: arguments.steps], start=1):
        loss = model(**make_batch([samples[id] for id in ids])).loss
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(projector.parameters(), recipe["clipNorm"]).item())
        losses.append(loss.item())
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        saved = arguments.checkpoints and read_checkpoint(arguments.checkpoints, step)
        if saved:
            errors[step] = distance(projector, saved)
        print(step, losses[-1], norms[-1], errors.get(step, ""), flush=True)
        arguments.output.write_text(json.dumps(result(len(batches), losses, norms, errors), indent=1) + "\n")


def result(steps: int, losses: list[float], norms: list[float], errors: dict[int, float]) -> dict:
    made = {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__}
    values = {"losses": list(map(rounded, losses)), "gradientNorms": list(map(rounded, norms))}
    weights = {"weightErrors": {step: rounded(error) for step, error in errors.items()}} if errors else {}
    return {"madeWith": made, "steps": steps, **values, **weights}


def rounded(value: float) -> float:
    return float(f"{value:.7g}")


def read_checkpoint(folder: pathlib.Path, step: int) -> dict[str, torch.Tensor] | None:
    file = folder / f"step-{step}" / "checkpoint.safetensors"
    return load_file(file) if file.exists() else None


@torch.no_grad()
def distance(projector: torch.nn.Module, state: dict[str, torch.Tensor]) -> float:
    """Largest difference between weights after a step, in parts of the largest weight."""
    saved = {name: state[f"weights.projector.{name}"] for name, _ in projector.named_parameters()}
    return max(((p - saved[n]).abs().max() / saved[n].abs().max()).item() for n, p in projector.named_parameters())


@torch.no_grad()
def perturb(module: torch.nn.Module, noise: float) -> None:
    """To see how far two runs come apart that differ by no more than rounding does."""
    generator = torch.Generator().manual_seed(0)
    for parameter in module.parameters():
        parameter *= 1 + noise * torch.randn(parameter.shape, generator=generator)


class Batches:
    """Each caption as the answer to its question, in the model's chat template, the picture first; the answer is learned."""

    def __init__(self, config, folder: pathlib.Path, images: pathlib.Path):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.processor = CLIPImageProcessorPil.from_pretrained(folder)
        self.image = [config.image_token_index] * config.image_seq_length
        self.images = images

    def __call__(self, samples: list[dict]) -> dict[str, torch.Tensor]:
        rows = [self.row(sample) for sample in samples]
        width = max(len(ids) for ids, _ in rows)
        pad = self.tokenizer.pad_token_id
        pictures = [Image.open(self.images / sample["image"]).convert("RGB") for sample in samples]
        return {
            "input_ids": torch.tensor([ids + [pad] * (width - len(ids)) for ids, _ in rows]),
            "labels": torch.tensor([labels + [IGNORED] * (width - len(ids)) for ids, labels in rows]),
            "attention_mask": torch.tensor([[1] * len(ids) + [0] * (width - len(ids)) for ids, _ in rows]),
            "pixel_values": self.processor(pictures, return_tensors="pt")["pixel_values"],
        }

    def row(self, sample: dict) -> tuple[list[int], list[int]]:
        question, caption = (turn["value"] for turn in sample["conversations"])
        turns = [{"role": "user", "content": "<image>\n" + question.replace("<image>", "").strip()}]
        asked = self.tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        turns.append({"role": "assistant", "content": caption})
        whole = self.tokenizer.apply_chat_template(turns, tokenize=False)
        assert whole.startswith(asked)
        before, after = whole.split("<image>")
        answer = len(asked) - len(before) - len("<image>")
        tokens = self.tokenizer(after, add_special_tokens=False, return_offsets_mapping=True)
        learned = [end > answer for _, end in tokens["offset_mapping"]]
        front = self.tokenizer(before, add_special_tokens=False)["input_ids"] + self.image
        ids = tokens["input_ids"]
        return front + ids, [IGNORED] * len(front) + [id if yes else IGNORED for id, yes in zip(ids, learned)]


if __name__ == "__main__":
    main()
