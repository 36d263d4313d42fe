"""Writes how the tokens of a LLaVA attend to each other: float64, averaged over layers and heads.

    pip install torch transformers
    python tools/reference/attention_rows.py FIXTURE OUTPUT.json

FIXTURE is a fixture of the kind `llava` (llava.py); each of its rows that holds an image is computed by itself.
"""

import argparse
import json
import pathlib

import torch
from golden import MADE_WITH
from safetensors.torch import load_file
from transformers import LlavaForConditionalGeneration


@torch.no_grad()
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fixture", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    options = parser.parse_args()
    model = LlavaForConditionalGeneration.from_pretrained(options.fixture / "model", attn_implementation="eager")
    model = model.double().eval()
    golden = load_file(options.fixture / "golden.safetensors")
    per_image = model.config.image_seq_length
    rows, next_image = [], 0
    for ids, mask in zip(golden["input_ids"], golden["attention_mask"]):
        ids = ids[mask == 1]
        images = int((ids == model.config.image_token_index).sum()) // per_image
        if images == 0:
            continue
        pixels = golden["pixel_values"][next_image : next_image + images].double()
        attentions = model(input_ids=ids[None], pixel_values=pixels, output_attentions=True).attentions
        weights = torch.stack(attentions)[:, 0].mean(dim=(0, 1))  # [tokens, tokens]
        assert torch.allclose(weights.sum(-1), torch.ones(len(ids), dtype=torch.float64))
        rows.append({"images": [next_image, images], "weights": [[round(w, 12) for w in row] for row in weights.tolist()]})
        next_image += images
    options.output.write_text(json.dumps({"made_with": MADE_WITH, "rows": rows}) + "\n")


if __name__ == "__main__":
    main()
