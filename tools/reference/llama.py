"""Writes a fixture of the kind `llama`: a small random LlamaForCausalLM and what transformers computes with it.

    pip install torch transformers
    python tools/reference/llama.py OUTPUT [--seed 0] [--heads 6] [--kv-heads 2] [--head-dim 8] [--rope yarn] ...
"""

import copy

import torch
from golden import gradients, labels_for, padded_ids, padding_first, parser, randomise, train, write
from transformers import LlamaConfig, LlamaForCausalLM

ROPE = {
    "default": {},
    "linear": {},
    "dynamic": {},
    "llama3": {"low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": None},
    "yarn": {"beta_fast": 32.0, "beta_slow": 1.0, "original_max_position_embeddings": None},
}


def rope_parameters(arguments) -> dict:
    result = {"rope_type": arguments.rope, "rope_theta": arguments.theta}
    if arguments.rope != "default":
        result["factor"] = arguments.factor
    for key, value in ROPE[arguments.rope].items():
        result[key] = arguments.original_positions if value is None else value
    return result


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--hidden", type=int, default=48)
    options.add_argument("--intermediate", type=int, default=112)
    options.add_argument("--layers", type=int, default=3)
    options.add_argument("--heads", type=int, default=6)
    options.add_argument("--kv-heads", type=int, default=6)
    options.add_argument("--head-dim", type=int)
    options.add_argument("--vocab", type=int, default=320)
    options.add_argument("--positions", type=int, default=128)
    options.add_argument("--rope", choices=ROPE, default="default")
    options.add_argument("--theta", type=float, default=10000.0)
    options.add_argument("--factor", type=float, default=4.0)
    options.add_argument("--original-positions", type=int, default=32)
    options.add_argument("--tied", action="store_true")
    options.add_argument("--bias", action="store_true")
    options.add_argument("--lengths", type=int, nargs="+", default=[19, 13])
    options.add_argument("--left", action="store_true", help="pad on the left; the first row should be the longest")
    options.add_argument("--prompt", type=int, default=11)
    options.add_argument("--greedy", type=int, default=24)
    options.add_argument("--half", choices=["float16", "bfloat16"], help="also write the weights in this type")
    arguments = options.parse_args()
    torch.manual_seed(arguments.seed)

    config = LlamaConfig(
        vocab_size=arguments.vocab,
        hidden_size=arguments.hidden,
        intermediate_size=arguments.intermediate,
        num_hidden_layers=arguments.layers,
        num_attention_heads=arguments.heads,
        num_key_value_heads=arguments.kv_heads,
        head_dim=arguments.head_dim or arguments.hidden // arguments.heads,
        max_position_embeddings=arguments.positions,
        rope_parameters=rope_parameters(arguments),
        tie_word_embeddings=arguments.tied,
        attention_bias=arguments.bias,
        mlp_bias=arguments.bias,
        pad_token_id=0,
    )
    model = LlamaForCausalLM(config).float().eval()
    randomise(model)
    model.save_pretrained(arguments.folder / "model")
    needs = {"model": "model"}
    if arguments.half:
        name = f"model-{arguments.half}"
        copy.deepcopy(model).to(getattr(torch, arguments.half)).save_pretrained(arguments.folder / name)
        needs["same_weights"] = [name]

    ids, mask = padded_ids(arguments.vocab, arguments.lengths)
    if arguments.left:
        ids, mask = padding_first(ids, mask, mask=mask)
    labels = labels_for(ids, mask, 2)
    output = model(input_ids=ids, attention_mask=mask, labels=labels, output_hidden_states=True)
    tensors = {"input_ids": ids, "attention_mask": mask, "labels": labels, "logits": output.logits}
    tensors["loss"] = output.loss.reshape(1)
    tensors |= {f"hidden_states.{i}": state for i, state in enumerate(output.hidden_states)}
    tensors |= gradients(model, output.loss)
    with torch.no_grad():
        prompt = ids[:1, : arguments.prompt]
        tensors["greedy_ids"] = model.generate(
            prompt, max_new_tokens=arguments.greedy, do_sample=False, eos_token_id=None, pad_token_id=0
        )

    batches = torch.randint(3, arguments.vocab, (10, 3, 21))
    trained = copy.deepcopy(model)
    curves = train(
        trained.parameters(),
        lambda step: trained(input_ids=batches[step], labels=batches[step]).loss,
        lr=3e-3, decay=0.1, betas=(0.9, 0.95), warmup=2, clip=1.0,
    )  # fmt: skip
    tensors["train_input_ids"] = batches
    tensors |= {f"after10.{name}": value for name, value in trained.named_parameters()}
    what = (
        f"LlamaForCausalLM, {'left' if arguments.left else 'right'}-padded batch; loss = mean over labels != -100 (shifted); gradients; "
        f"{arguments.greedy} greedy tokens after input_ids[0,:{arguments.prompt}]; 10 AdamW steps"
    )
    write(arguments.folder, "llama", what, tensors, needs, train=curves)


if __name__ == "__main__":
    main()
