"""A LoRA output in the layout of the original LLaVA (`finetune_lora.sh`): small, random weights.

Writes OUTPUT/adapter: `adapter_config.json` and `adapter_model.bin` as PEFT saves them from the original's class,
`non_lora_trainables.bin` with the projector, and the whole `config.json`; and OUTPUT/expected.safetensors: the logits
of the language model with the adapter for the last token of each row, and what the projector makes of random features.

    pip install torch==2.15.0 transformers==5.23.0 peft==0.21.2
    python tools/reference/lora_original.py OUTPUT --base ../llava-original-mlp [--seed 0] [--rank 4] [--alpha 8]

--base, a fixture of kind `llava-original` whose projector is mlp2x_gelu, is relative to OUTPUT.
"""

import json

import torch
from golden import exact, parser
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM

PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
LLAMA_KEYS = [
    "vocab_size", "max_position_embeddings", "hidden_size", "intermediate_size", "num_hidden_layers",
    "num_attention_heads", "num_key_value_heads", "rms_norm_eps", "rope_theta", "attention_bias", "tie_word_embeddings",
]  # fmt: skip


def language_model(folder, config) -> LlamaForCausalLM:
    model = LlamaForCausalLM(LlamaConfig(**{key: config[key] for key in LLAMA_KEYS}))
    weights = {}
    for file in sorted(folder.glob("pytorch_model*.bin")):
        weights |= torch.load(file, map_location="cpu", weights_only=True)
    weights = {name: value.float() for name, value in weights.items() if name in model.state_dict()}
    model.load_state_dict(weights)
    return model


@torch.no_grad()
def main() -> None:
    options = parser(__doc__)
    options.add_argument("--base", required=True)
    options.add_argument("--rank", type=int, default=4)
    options.add_argument("--alpha", type=int, default=8)
    arguments = options.parse_args()
    torch.manual_seed(arguments.seed)
    base = (arguments.folder / arguments.base / "model").resolve()
    config = json.loads((base / "config.json").read_text())
    settings = LoraConfig(
        r=arguments.rank, lora_alpha=arguments.alpha, lora_dropout=0.05, target_modules=PROJECTIONS,
        task_type="CAUSAL_LM",
    )  # fmt: skip
    model = get_peft_model(language_model(base, config), settings).eval()
    for name, parameter in model.named_parameters():
        if ".lora_" in name:
            parameter.copy_(exact(torch.randn_like(parameter) * 0.2))
    projector = torch.nn.Sequential(
        torch.nn.Linear(config["mm_hidden_size"], config["hidden_size"]),
        torch.nn.GELU(),
        torch.nn.Linear(config["hidden_size"], config["hidden_size"]),
    )
    for parameter in projector.parameters():
        parameter.copy_(exact(torch.randn_like(parameter) * 0.2))

    folder = arguments.folder / "adapter"
    folder.mkdir(parents=True, exist_ok=True)
    factors = get_peft_model_state_dict(model, save_embedding_layers=False)
    torch.save({name: value.bfloat16() for name, value in factors.items()}, folder / "adapter_model.bin")
    stated = model.peft_config["default"]
    stated.base_model_name_or_path = "lmsys/vicuna-7b-v1.5"
    stated.inference_mode = True
    stated.save_pretrained(folder)
    trained = {f"base_model.model.model.mm_projector.{n}": v.bfloat16() for n, v in projector.state_dict().items()}
    torch.save(trained, folder / "non_lora_trainables.bin")
    config["mm_vision_tower"] = f"../{arguments.base}/vision-tower"
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")

    ids = torch.randint(3, config["vocab_size"], (2, 11))
    features = torch.randn(1, 5, config["mm_hidden_size"])
    expected = {
        "input_ids": ids.int(),
        "logits": model(input_ids=ids).logits[:, -1],
        "features": features,
        "projected": projector(features),
    }
    save_file({name: value.contiguous() for name, value in expected.items()}, arguments.folder / "expected.safetensors")


if __name__ == "__main__":
    main()
