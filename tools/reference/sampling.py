"""Writes a fixture of the kind `sampling`: probabilities after each of transformers' sampling filters.

    pip install torch transformers
    python tools/reference/sampling.py OUTPUT [--seed 0] [--rows 3] [--vocab 64] [--top-k 10] [--top-p 0.8] ...
"""

import torch
from golden import parser, write
from transformers import (
    MinPLogitsWarper,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

# In transformers' order.
FILTERS = {
    "repetition": RepetitionPenaltyLogitsProcessor,
    "temperature": TemperatureLogitsWarper,
    "top_k": TopKLogitsWarper,
    "top_p": TopPLogitsWarper,
    "min_p": MinPLogitsWarper,
}


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--rows", type=int, default=3)
    options.add_argument("--vocab", type=int, default=64)
    options.add_argument("--history", type=int, default=10)
    options.add_argument("--repetition", type=float, default=1.3)
    options.add_argument("--temperature", type=float, default=0.7)
    options.add_argument("--top-k", type=int, default=10)
    options.add_argument("--top-p", type=float, default=0.8)
    options.add_argument("--min-p", type=float, default=0.1)
    arguments = options.parse_args()
    torch.manual_seed(arguments.seed)
    logits = torch.randn(arguments.rows, arguments.vocab) * 3
    history = torch.randint(0, arguments.vocab, (arguments.rows, arguments.history))
    tensors = {"logits": logits, "history": history}
    everything = logits
    for name, make in FILTERS.items():
        value = getattr(arguments, name)
        tensors[f"probs.{name}{value}"] = torch.softmax(make(value)(history, logits.clone()), -1)
        everything = make(value)(history, everything.clone())
    tensors["probs.all"] = torch.softmax(everything, -1)
    what = f"probabilities after each filter, in transformers' order: {', '.join(FILTERS)}"
    write(arguments.folder, "sampling", what, tensors, all={name: getattr(arguments, name) for name in FILTERS})


if __name__ == "__main__":
    main()
