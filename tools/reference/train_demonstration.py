"""Repeats stage 1 of docs/training.md in PyTorch, from the same weights and the same order, and writes its losses.

    pip install torch==2.15.0 transformers==5.23.0 pillow
    python tools/reference/train_demonstration.py START DATA.json IMAGES OUTPUT.json [--states CHECKPOINTS]

START is written by `tests/demonstration/write-start.ts`. Everything else is done anew here: tokens of the captions,
pixels of the pictures, features, gradients, AdamW with warm-up and cosine.

With --states every step begins from what the run in question saved before it (`checkpointEvery` 1): weights and moments.
Without, the run goes its own way, and differences grow as rounding does: compare with --perturb 1e-6.
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
LEARNING_RATE = 1e-3
WARMUP_RATIO = 0.03
CLIP_NORM = 1.0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("start", type=pathlib.Path)
    options.add_argument("data", type=pathlib.Path)
    options.add_argument("images", type=pathlib.Path)
    options.add_argument("output", type=pathlib.Path)
    options.add_argument("--states", type=pathlib.Path, help="folder of checkpoints, one of each step")
    options.add_argument("--perturb", type=float, default=0.0, help="relative noise in the projector it begins with")
    options.add_argument("--steps", type=int, help="stop after so many; the schedule stays that of all of them")
    arguments = options.parse_args()

    folder = arguments.start / "model"
    batches = json.loads((arguments.start / "batches.json").read_text())
    samples = {sample["id"]: sample for sample in json.loads(arguments.data.read_text())}
    model = LlavaForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
    make_batch = Batches(model.config, folder, arguments.images)
    model.requires_grad_(False)
    projector = model.model.multi_modal_projector
    perturb(projector, arguments.perturb)
    projector.requires_grad_(True)

    optimizer = torch.optim.AdamW(projector.parameters(), lr=LEARNING_RATE, weight_decay=0.0)
    warmup = math.ceil(WARMUP_RATIO * len(batches))
    schedule = transformers.get_cosine_schedule_with_warmup(optimizer, warmup, len(batches))
    losses, norms, errors = [], [], []
    for step, ids in enumerate(batches[: arguments.steps]):
        if arguments.states and step > 0:
            state = read_state(arguments.states, step)
            if state is None:
                break
            errors += [distance(projector, state)]
            put_into(projector, optimizer, state, step)
        loss = model(**make_batch([samples[id] for id in ids])).loss
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(projector.parameters(), CLIP_NORM).item())
        losses.append(loss.item())
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        print(len(losses), losses[-1], norms[-1], *errors[-1:], flush=True)
        arguments.output.write_text(json.dumps(result(len(batches), losses, norms, errors), indent=1) + "\n")


def result(steps: int, losses: list[float], norms: list[float], errors: list[float]) -> dict:
    made = {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__}
    values = {"losses": losses, "gradientNorms": norms, **({"weightErrors": errors} if errors else {})}
    rounded = {name: [float(f"{value:.7g}") for value in listed] for name, listed in values.items()}
    return {"madeWith": made, "steps": steps, **rounded}


def read_state(folder: pathlib.Path, step: int) -> dict[str, torch.Tensor] | None:
    file = folder / f"step-{step}" / "checkpoint.safetensors"
    return load_file(file) if file.exists() else None


@torch.no_grad()
def distance(projector: torch.nn.Module, state: dict[str, torch.Tensor]) -> float:
    """Largest difference between weights after a step, in parts of the largest weight."""
    saved = {name: state[f"weights.projector.{name}"] for name, _ in projector.named_parameters()}
    return max(((p - saved[n]).abs().max() / saved[n].abs().max()).item() for n, p in projector.named_parameters())


@torch.no_grad()
def put_into(projector: torch.nn.Module, optimizer: torch.optim.Optimizer, state: dict, step: int) -> None:
    for name, parameter in projector.named_parameters():
        parameter.copy_(state[f"weights.projector.{name}"])
        moments = optimizer.state[parameter]
        moments["step"].fill_(step)
        moments["exp_avg"].copy_(state[f"optimizer.projector.{name}.first_moment"])
        moments["exp_avg_sq"].copy_(state[f"optimizer.projector.{name}.second_moment"])


@torch.no_grad()
def perturb(module: torch.nn.Module, noise: float) -> None:
    """To see how far two runs come apart that differ by no more than rounding does."""
    generator = torch.Generator().manual_seed(0)
    for parameter in module.parameters():
        parameter *= 1 + noise * torch.randn(parameter.shape, generator=generator)


class Batches:
    """Captions in the template `plain`: the picture, the caption, a line break; the text is learned."""

    def __init__(self, config, folder: pathlib.Path, images: pathlib.Path):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.processor = CLIPImageProcessorPil.from_pretrained(folder)
        self.image = [config.image_token_index] * config.image_seq_length
        self.images = images

    def __call__(self, samples: list[dict]) -> dict[str, torch.Tensor]:
        texts = [self.text(sample) for sample in samples]
        width = max(map(len, texts))
        pad = self.tokenizer.pad_token_id
        rows = [self.image + text + [pad] * (width - len(text)) for text in texts]
        labels = [[IGNORED] * len(self.image) + text + [IGNORED] * (width - len(text)) for text in texts]
        mask = [[1] * (len(self.image) + len(text)) + [0] * (width - len(text)) for text in texts]
        pictures = [Image.open(self.images / sample["image"]).convert("RGB") for sample in samples]
        return {
            "input_ids": torch.tensor(rows),
            "labels": torch.tensor(labels),
            "attention_mask": torch.tensor(mask),
            "pixel_values": self.processor(pictures, return_tensors="pt")["pixel_values"],
        }

    def text(self, sample: dict) -> list[int]:
        caption = sample["conversations"][1]["value"]
        return self.tokenizer(caption + "\n", add_special_tokens=False)["input_ids"]


if __name__ == "__main__":
    main()
