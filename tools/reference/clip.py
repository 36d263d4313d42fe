"""Writes a fixture of the kind `clip`: a small random CLIPModel, its embeddings, logits, loss and gradients.

    pip install torch transformers
    python tools/reference/clip.py OUTPUT [--seed 0] [--legacy-eos] [--torch-bin] [--batch 4] [--act gelu] ...

With --legacy-eos the config says `eos_token_id` 2, as published checkpoints do: texts are pooled at their highest id.
"""

import json

import torch
from golden import gradients, parser, randomise, write
from transformers import CLIPConfig, CLIPModel


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--batch", type=int, default=4)
    options.add_argument("--tokens", type=int, default=16)
    options.add_argument("--vocab", type=int, default=120)
    options.add_argument("--text-hidden", type=int, default=28)
    options.add_argument("--text-heads", type=int, default=4)
    options.add_argument("--vision-hidden", type=int, default=32)
    options.add_argument("--vision-heads", type=int, default=4)
    options.add_argument("--layers", type=int, default=3)
    options.add_argument("--projection", type=int, default=24)
    options.add_argument("--image", type=int, default=56)
    options.add_argument("--patch", type=int, default=14)
    options.add_argument("--act", choices=["quick_gelu", "gelu"], default="quick_gelu")
    options.add_argument("--legacy-eos", action="store_true")
    options.add_argument("--torch-bin", action="store_true", help="also write pytorch_model.bin with position_ids")
    arguments = options.parse_args()
    torch.manual_seed(arguments.seed)

    eos = arguments.vocab - 1
    shared = {"num_hidden_layers": arguments.layers, "hidden_act": arguments.act, "projection_dim": arguments.projection}
    text = {
        **shared, "vocab_size": arguments.vocab, "hidden_size": arguments.text_hidden, "intermediate_size": 60,
        "num_attention_heads": arguments.text_heads, "max_position_embeddings": arguments.tokens + 4,
        "bos_token_id": eos - 1, "eos_token_id": 2 if arguments.legacy_eos else eos, "pad_token_id": 0,
    }  # fmt: skip
    vision = {
        **shared, "hidden_size": arguments.vision_hidden, "intermediate_size": 80,
        "num_attention_heads": arguments.vision_heads, "image_size": arguments.image, "patch_size": arguments.patch,
    }  # fmt: skip
    config = CLIPConfig(text_config=text, vision_config=vision, projection_dim=arguments.projection)
    model = CLIPModel(config).float().eval()
    randomise(model)
    model.save_pretrained(arguments.folder / "model")
    needs = {"model": "model"}
    if arguments.torch_bin:
        needs["same_weights"] = ["model-torch-bin"]
        save_torch_bin(model, config, arguments.folder / "model-torch-bin")

    ids = torch.randint(3, eos - 1, (arguments.batch, arguments.tokens))
    ids[:, 0] = eos - 1
    mask = torch.ones_like(ids)
    for row in range(arguments.batch):
        end = arguments.tokens - 1 - row * 3 % (arguments.tokens - 2)
        ids[row, end] = eos
        ids[row, end + 1 :] = 0
        mask[row, end + 1 :] = 0
    pixels = torch.randn(arguments.batch, 3, arguments.image, arguments.image)
    output = model(input_ids=ids, attention_mask=mask, pixel_values=pixels, return_loss=True)
    tensors = {
        "input_ids": ids, "attention_mask": mask, "pixel_values": pixels, "text_embeds": output.text_embeds,
        "image_embeds": output.image_embeds, "logits_per_image": output.logits_per_image,
        "loss": output.loss.reshape(1),
    }  # fmt: skip
    tensors |= gradients(model, output.loss)
    what = "CLIPModel: normalised embeddings, logits (scaled by exp(logit_scale)), symmetric contrastive loss, gradients"
    pooled = "at the highest id (config says 2)" if arguments.legacy_eos else "at the first eos_token_id"
    write(arguments.folder, "clip", what, tensors, needs, eos=f"text is pooled {pooled}")


def save_torch_bin(model, config, folder) -> None:
    """As published files: pickled, with the int64 buffers that older transformers stored."""
    folder.mkdir(parents=True, exist_ok=True)
    state = dict(model.state_dict())
    for tower in ("text_model", "vision_model"):
        count = state[f"{tower}.embeddings.position_embedding.weight"].shape[0]
        state[f"{tower}.embeddings.position_ids"] = torch.arange(count).reshape(1, -1)
    torch.save(state, folder / "pytorch_model.bin")
    (folder / "config.json").write_text(json.dumps(config.to_dict(), default=str, indent=1))


if __name__ == "__main__":
    main()
