"""What the scripts that make fixtures with PyTorch share: weights, gradients, training steps, and writing the files."""

import argparse
import json
import math
import pathlib

import torch
import transformers
from safetensors.torch import save_file

MADE_WITH = {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__}
IGNORED = -100


def parser(description: str) -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    result.add_argument("folder", type=pathlib.Path)
    result.add_argument("--seed", type=int, default=0)
    return result


def exact(values: torch.Tensor) -> torch.Tensor:
    """Rounds to numbers that float16 and bfloat16 both hold, so that every file layout has the same weights."""
    rounded = values.bfloat16().float()
    return torch.where(rounded.abs() < 2**-14, 0.0, rounded)


@torch.no_grad()
def randomise(model: torch.nn.Module) -> None:
    """Random weights in which every parameter matters: also biases, norms and scales."""
    for name, parameter in model.named_parameters():
        noise = torch.randn_like(parameter)
        if parameter.dim() == 0:
            value = parameter + 0.1 * noise
        elif "norm" in name and name.endswith("weight"):
            value = 1 + 0.1 * noise
        elif parameter.dim() == 1:
            value = 0.1 * noise
        elif "embed" in name and parameter.dim() == 2:
            value = 0.5 * noise
        else:
            value = noise * 1.2 / math.sqrt(parameter[0].numel())
        parameter.copy_(exact(value))


def gradients(model: torch.nn.Module, loss: torch.Tensor) -> dict[str, torch.Tensor]:
    model.zero_grad()
    loss.backward()
    result = {f"grad.{name}": p.grad.clone() for name, p in model.named_parameters() if p.grad is not None}
    model.zero_grad()
    return result


def train(parameters, loss_of_step, *, lr, decay=0.0, betas=(0.9, 0.999), warmup=1, steps=10, clip=None):
    """AdamW with warm-up and cosine; returns the entry of golden.json. `loss_of_step(i)` computes the i-th loss."""
    parameters = list(parameters)
    optimizer = torch.optim.AdamW(parameters, lr=lr, betas=betas, eps=1e-8, weight_decay=decay)
    schedule = transformers.get_cosine_schedule_with_warmup(optimizer, warmup, steps)
    losses, rates, norms = [], [], []
    for step in range(steps):
        optimizer.zero_grad()
        loss = loss_of_step(step)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(parameters, clip if clip is not None else math.inf)
        losses.append(loss.item())
        rates.append(schedule.get_last_lr()[0])
        norms.append(norm.item())
        optimizer.step()
        schedule.step()
    settings = dict(
        kind="AdamW", lr=lr, weight_decay=decay, betas=list(betas), eps=1e-8, warmup_steps=warmup, total_steps=steps,
        clip_norm=clip,
    )  # fmt: skip
    return {"losses": losses, "learning_rates": rates, "gradient_norms": norms, "optimizer": settings}


def padded_ids(vocabulary: int, lengths: list[int], first: int = 3) -> tuple[torch.Tensor, torch.Tensor]:
    """Right-padded random ids (0 is padding), and their mask."""
    width = max(lengths)
    mask = torch.tensor([[1] * length + [0] * (width - length) for length in lengths])
    return torch.randint(first, vocabulary, mask.shape) * mask, mask


def labels_for(ids: torch.Tensor, mask: torch.Tensor, unlearned: int) -> torch.Tensor:
    """The ids, without padding and the beginning of each row."""
    return torch.where((mask == 1) & (mask.cumsum(-1) > unlearned), ids, IGNORED)


def padding_first(*tensors: torch.Tensor, mask: torch.Tensor) -> list[torch.Tensor]:
    """Moves the padding of every row to its beginning."""
    shifts = (mask.shape[1] - mask.sum(-1)).tolist()
    return [torch.stack([row.roll(shift) for row, shift in zip(tensor, shifts)]) for tensor in tensors]


def write(folder: pathlib.Path, kind: str, what: str, tensors: dict, needs: dict | None = None, **more) -> None:
    """golden.json and golden.safetensors; integers become int32."""
    folder.mkdir(parents=True, exist_ok=True)
    stored = {}
    for name, value in tensors.items():
        value = value.detach().contiguous().clone()
        stored[name] = value if value.is_floating_point() or value.dtype == torch.uint8 else value.to(torch.int32)
    save_file(stored, folder / "golden.safetensors")
    shapes = {name: list(value.shape) for name, value in stored.items()}
    golden = {"kind": kind, "needs": needs or {}, "made_with": MADE_WITH, "dtype": "float32", "what": what}
    (folder / "golden.json").write_text(json.dumps({**golden, **more, "tensors": shapes}, indent=1, ensure_ascii=False))
