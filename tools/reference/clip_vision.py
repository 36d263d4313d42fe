"""Writes a fixture of the kind `clip-vision`: a small random CLIPVisionModel and its hidden states.

    pip install torch transformers
    python tools/reference/clip_vision.py OUTPUT [--seed 0] [--image 56] [--patch 14] [--heads 4] [--act gelu] ...
"""

import torch
from golden import parser, randomise, write
from transformers import CLIPVisionConfig, CLIPVisionModel


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--hidden", type=int, default=32)
    options.add_argument("--intermediate", type=int, default=80)
    options.add_argument("--layers", type=int, default=4)
    options.add_argument("--heads", type=int, default=4)
    options.add_argument("--image", type=int, default=56)
    options.add_argument("--patch", type=int, default=14)
    options.add_argument("--act", choices=["quick_gelu", "gelu"], default="quick_gelu")
    options.add_argument("--batch", type=int, default=3)
    arguments = options.parse_args()
    torch.manual_seed(arguments.seed)

    config = CLIPVisionConfig(
        hidden_size=arguments.hidden,
        intermediate_size=arguments.intermediate,
        num_hidden_layers=arguments.layers,
        num_attention_heads=arguments.heads,
        image_size=arguments.image,
        patch_size=arguments.patch,
        hidden_act=arguments.act,
    )
    model = CLIPVisionModel(config).float().eval()
    randomise(model)
    model.save_pretrained(arguments.folder / "model")
    pixels = torch.randn(arguments.batch, 3, arguments.image, arguments.image)
    with torch.no_grad():
        output = model(pixel_values=pixels, output_hidden_states=True)
    tensors = {"pixel_values": pixels, "pooler_output": output.pooler_output}
    tensors["last_hidden_state"] = output.last_hidden_state
    tensors |= {f"hidden_states.{i}": state for i, state in enumerate(output.hidden_states)}
    what = "CLIPVisionModel forward; hidden_states.0 is after pre_layrnorm, hidden_states.i after layer i"
    write(arguments.folder, "clip-vision", f"{what}; {arguments.act}", tensors, {"model": "model"})


if __name__ == "__main__":
    main()
