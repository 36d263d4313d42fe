"""A small LLaVA of parts that this repository does not bring: a SigLIP image encoder and GPT-2, random weights.

Writes tests/fixtures/own-parts: the folder `model` as transformers saves it, and what transformers computes with it.
The examples `own-encoder` and `own-decoder` are held against these numbers.

    pip install torch==2.15.0 transformers==5.23.0
    python tools/reference/own_parts.py [FOLDER]
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import GPT2Config, LlavaConfig, LlavaForConditionalGeneration, SiglipVisionConfig

IMAGE_TOKEN = 95
SEED = 11


def make_model():
    vision = SiglipVisionConfig(
        hidden_size=24, intermediate_size=40, num_hidden_layers=3, num_attention_heads=3, image_size=30, patch_size=10
    )
    text = GPT2Config(
        vocab_size=96, n_embd=32, n_layer=3, n_head=4, n_positions=64, bos_token_id=1, eos_token_id=2, pad_token_id=0,
        tie_word_embeddings=False,
    )
    config = LlavaConfig(
        vision_config=vision,
        text_config=text,
        image_token_index=IMAGE_TOKEN,
        image_seq_length=9,
        vision_feature_layer=-2,
        vision_feature_select_strategy="full",
        tie_word_embeddings=False,
    )
    model = LlavaForConditionalGeneration(config).eval().float()
    for parameter in model.parameters():
        # Exact in float16; norms near one, and nothing left at zero.
        noise = torch.randn_like(parameter) * 0.4
        parameter.data = ((parameter.data if parameter.dim() == 1 else 0) + noise).half().float()
    return model


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2] / "tests/fixtures/own-parts")
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    model = make_model()
    model.save_pretrained(folder / "model", max_shard_size="1GB")

    pixels = torch.randn(2, 3, 30, 30)
    image = [IMAGE_TOKEN] * 9
    rows = [[1, 17, *image, 40, 41, 42, 7, 3], [1, *image, 60, 12]]
    lengths = [len(row) for row in rows]
    width = max(lengths)
    ids = torch.tensor([row + [0] * (width - len(row)) for row in rows])
    mask = torch.tensor([[1] * length + [0] * (width - length) for length in lengths])
    labels = torch.where((mask == 1) & (ids != IMAGE_TOKEN), ids, -100)
    with torch.no_grad():
        tower = model.model.vision_tower(pixels, output_hidden_states=True)
        output = model(input_ids=ids, attention_mask=mask, pixel_values=pixels, labels=labels)
        features = model.model.multi_modal_projector(tower.hidden_states[-2])
        greedy = model.generate(
            input_ids=ids[:1], attention_mask=mask[:1], pixel_values=pixels[:1], do_sample=False, max_new_tokens=16,
            eos_token_id=None,
        )[0, width:]
    tensors = {
        "pixels": pixels,
        **{f"hidden_states.{i}": state for i, state in enumerate(tower.hidden_states)},
        "features": features,
        "ids": ids.int(),
        "labels": labels.int(),
        "lengths": torch.tensor(lengths).int(),
        "logits": output.logits,
        "loss": output.loss.reshape(1),
        "greedy": greedy.int(),
    }
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, folder / "expected.safetensors")
    print(json.dumps({name: list(tensor.shape) for name, tensor in tensors.items()}))
    print(greedy.tolist())


main()
