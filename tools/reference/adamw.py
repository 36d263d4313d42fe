"""Writes a fixture of the kind `adamw`: AdamW with two parameter groups, warm-up, cosine and clipping, step by step.

    pip install torch transformers
    python tools/reference/adamw.py OUTPUT [--seed 0] [--steps 12] [--rows 5] [--columns 7] [--vector 11]
"""

import torch
from golden import parser, write
from transformers import get_cosine_schedule_with_warmup


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--steps", type=int, default=12)
    options.add_argument("--warmup", type=int, default=3)
    options.add_argument("--rows", type=int, default=5)
    options.add_argument("--columns", type=int, default=7)
    options.add_argument("--vector", type=int, default=11)
    arguments = options.parse_args()
    torch.manual_seed(arguments.seed)
    p = torch.nn.Parameter(torch.randn(arguments.rows, arguments.columns))
    q = torch.nn.Parameter(torch.randn(arguments.vector))
    gradients = {"grad_p": torch.randn(arguments.steps, *p.shape) * 2, "grad_q": torch.randn(arguments.steps, *q.shape)}
    groups = [{"params": [p], "weight_decay": 0.1}, {"params": [q], "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=1e-2, betas=(0.9, 0.95), eps=1e-8)
    schedule = get_cosine_schedule_with_warmup(optimizer, arguments.warmup, arguments.steps)
    tensors = {**gradients, "p0": p.detach().clone(), "q0": q.detach().clone()}
    norms, rates = [], []
    for step in range(arguments.steps):
        p.grad = gradients["grad_p"][step].clone()
        q.grad = gradients["grad_q"][step].clone()
        norms.append(torch.nn.utils.clip_grad_norm_([p, q], 1.0).item())
        rates.append(schedule.get_last_lr()[0])
        optimizer.step()
        schedule.step()
        tensors |= {f"p{step + 1}": p.detach().clone(), f"q{step + 1}": q.detach().clone()}
    what = (
        "AdamW, two groups (decay 0.1 on p, 0 on q), lr 1e-2, betas .9/.95, eps 1e-8, "
        f"warm-up {arguments.warmup} of {arguments.steps} cosine, clip to norm 1 before each step"
    )
    settings = dict(
        kind="AdamW", lr=1e-2, weight_decay={"p": 0.1, "q": 0.0}, betas=[0.9, 0.95], eps=1e-8,
        warmup_steps=arguments.warmup, total_steps=arguments.steps, clip_norm=1.0,
    )  # fmt: skip
    write(arguments.folder, "adamw", what, tensors, norms=norms, learning_rates=rates, optimizer=settings)


if __name__ == "__main__":
    main()
