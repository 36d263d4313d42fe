"""Writes a fixture of the kind `lora`: a PEFT adapter on a LLaMA fixture's model, before and after ten steps.

    pip install torch transformers peft
    python tools/reference/lora.py OUTPUT --base ../llama-mha/model [--seed 0] [--rank 4] [--alpha 16] [--rslora]

--base is relative to OUTPUT, as it will stand in golden.json.
"""

import torch
from golden import exact, parser, train, write
from peft import LoraConfig, get_peft_model
from transformers import LlamaForCausalLM

PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--base", required=True)
    options.add_argument("--rank", type=int, default=4)
    options.add_argument("--alpha", type=int, default=16)
    options.add_argument("--rslora", action="store_true")
    options.add_argument("--targets", nargs="+", default=PROJECTIONS)
    arguments = options.parse_args()
    torch.manual_seed(arguments.seed)
    path = (arguments.folder / arguments.base).resolve()
    base = LlamaForCausalLM.from_pretrained(path, dtype=torch.float32)
    settings = LoraConfig(
        r=arguments.rank, lora_alpha=arguments.alpha, lora_dropout=0.0, target_modules=arguments.targets,
        use_rslora=arguments.rslora, task_type="CAUSAL_LM",
    )  # fmt: skip
    model = get_peft_model(base, settings).eval()
    with torch.no_grad():
        for _, matrix in adapter(model):
            matrix.copy_(exact(torch.randn_like(matrix) * 0.1))
    ids = torch.randint(3, base.config.vocab_size, (10, 2, 17))
    tensors = {f"init.{name}": value.detach().clone() for name, value in adapter(model)}
    tensors["train_input_ids"] = ids
    tensors["logits"] = model(input_ids=ids[0]).logits
    curves = train(
        [value for _, value in adapter(model)],
        lambda step: model(input_ids=ids[step], labels=ids[step]).loss,
        lr=2e-3,
    )
    tensors |= {f"after10.{name}": value.detach().clone() for name, value in adapter(model)}
    model.save_pretrained(arguments.folder / "adapter")
    merged = model.merge_and_unload()
    tensors["merged_logits"] = merged(input_ids=ids[0]).logits
    name = next(n for n, _ in merged.named_parameters() if n.split(".")[-2] in arguments.targets)
    tensors[f"merged.{name}"] = dict(merged.named_parameters())[name]
    what = f"PEFT LoRA r={arguments.rank} alpha={arguments.alpha}: logits with the given init, 10 steps, merged logits"
    needs = {"model": arguments.base, "adapter": "adapter"}
    write(arguments.folder, "lora", what, tensors, needs, train=curves)


def adapter(model):
    """The adapter's matrices under the base model's names: `model.layers.0.self_attn.q_proj.lora_A.weight`."""
    for name, parameter in model.named_parameters():
        if ".lora_" in name:
            yield name.removeprefix("base_model.model.").replace(".default.", "."), parameter


if __name__ == "__main__":
    main()
