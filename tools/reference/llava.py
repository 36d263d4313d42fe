"""Writes a fixture of the kind `llava`: a small random LlavaForConditionalGeneration in Hugging Face's layout.

    pip install torch transformers
    python tools/reference/llava.py OUTPUT [--seed 0] [--layers-taken -2 3] [--full] [--kv-heads 2] ...
"""

import copy

import torch
from golden import IGNORED, gradients, padding_first, parser, randomise, train, write
from transformers import CLIPVisionConfig, LlamaConfig, LlavaConfig, LlavaForConditionalGeneration


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--hidden", type=int, default=48)
    options.add_argument("--heads", type=int, default=6)
    options.add_argument("--kv-heads", type=int, default=2)
    options.add_argument("--layers", type=int, default=3)
    options.add_argument("--vocab", type=int, default=336)
    options.add_argument("--tied", action="store_true")
    options.add_argument("--vision-hidden", type=int, default=32)
    options.add_argument("--vision-heads", type=int, default=4)
    options.add_argument("--vision-layers", type=int, default=4)
    options.add_argument("--vision-act", choices=["quick_gelu", "gelu"], default="quick_gelu")
    options.add_argument("--image", type=int, default=56)
    options.add_argument("--patch", type=int, default=14)
    options.add_argument("--layers-taken", type=int, nargs="+", default=[-2])
    options.add_argument("--full", action="store_true", help="keep the class token")
    options.add_argument("--no-projector-bias", action="store_true")
    options.add_argument("--text", type=int, nargs="+", default=[11, 13, 9], help="text tokens of each row")
    options.add_argument("--images", type=int, nargs="+", default=[1, 2, 0], help="images of each row")
    options.add_argument("--left", action="store_true", help="pad on the left; the first row should be the longest")
    options.add_argument("--greedy", type=int, default=24)
    options.add_argument("--train", action="store_true")
    arguments = options.parse_args()
    torch.manual_seed(arguments.seed)

    image_token = arguments.vocab - 6
    per_image = (arguments.image // arguments.patch) ** 2 + (1 if arguments.full else 0)
    taken = arguments.layers_taken
    config = LlavaConfig(
        vision_config=CLIPVisionConfig(
            hidden_size=arguments.vision_hidden, intermediate_size=80, num_hidden_layers=arguments.vision_layers,
            num_attention_heads=arguments.vision_heads, image_size=arguments.image, patch_size=arguments.patch,
            hidden_act=arguments.vision_act,
        ),  # fmt: skip
        text_config=LlamaConfig(
            vocab_size=arguments.vocab, hidden_size=arguments.hidden, intermediate_size=112,
            num_hidden_layers=arguments.layers, num_attention_heads=arguments.heads,
            num_key_value_heads=arguments.kv_heads, max_position_embeddings=512, pad_token_id=0,
            tie_word_embeddings=arguments.tied,
        ),  # fmt: skip
        image_token_index=image_token,
        image_seq_length=per_image,
        vision_feature_layer=taken[0] if len(taken) == 1 else taken,
        vision_feature_select_strategy="full" if arguments.full else "default",
        multimodal_projector_bias=not arguments.no_projector_bias,
        tie_word_embeddings=arguments.tied,
    )
    model = LlavaForConditionalGeneration(config).float().eval()
    randomise(model)
    model.save_pretrained(arguments.folder / "model")

    rows = [row_of(text, images, per_image, image_token) for text, images in zip(arguments.text, arguments.images)]
    width = max(map(len, rows))
    ids = torch.tensor([row + [0] * (width - len(row)) for row in rows])
    mask = (ids != 0).long()
    labels = torch.where((mask == 1) & (ids != image_token), ids, IGNORED)
    labels[:, :3] = IGNORED
    if arguments.left:
        ids, labels, mask = padding_first(ids, labels, mask, mask=mask)
    pixels = torch.randn(sum(arguments.images), 3, arguments.image, arguments.image)
    batch = {"input_ids": ids, "attention_mask": mask, "pixel_values": pixels}
    output = model(**batch, labels=labels)
    tensors = {**batch, "labels": labels, "logits": output.logits, "loss": output.loss.reshape(1)}
    tensors["image_features"] = output.image_hidden_states.reshape(len(pixels), per_image, arguments.hidden)
    tensors |= gradients(model, output.loss)
    # Past the last image of the row and the text between its images.
    first = arguments.images[0]
    prompt = first * per_image + 4 + 2 * first
    shown = {"pixel_values": pixels[:first]} if first > 0 else {}
    with torch.no_grad():
        tensors["greedy_ids"] = model.generate(
            input_ids=ids[:1, :prompt], attention_mask=mask[:1, :prompt], **shown,
            max_new_tokens=arguments.greedy, do_sample=False, eos_token_id=None, pad_token_id=0,
        )  # fmt: skip
    more = {"image_token": image_token, "tokens_per_image": per_image}
    if arguments.train:
        more |= train_stages(model, tensors, arguments, image_token, per_image)
    what = (
        "LlavaForConditionalGeneration, rows with different numbers of images (pixel_values in order of appearance); "
        f"gradient of every parameter; {arguments.greedy} greedy tokens after input_ids[0,:{prompt}]"
    )
    write(arguments.folder, "llava", what, tensors, {"model": "model"}, **more)


def row_of(text: int, images: int, per_image: int, image_token: int) -> list[int]:
    """Random ids with the images after the third token, or spread where there are several."""
    row = torch.randint(3, image_token, (text,)).tolist()
    for image in reversed(range(images)):
        at = 3 + image * 2
        row[at:at] = [image_token] * per_image
    return row


def train_stages(model, tensors, arguments, image_token, per_image) -> dict:
    """Stage 1 trains the projector alone, stage 2 the language model with it."""
    ids = torch.randint(3, image_token, (10, 2, per_image + 14))
    ids[:, :, 3 : 3 + per_image] = image_token
    pixels = torch.randn(10, 2, 3, arguments.image, arguments.image)
    labels = torch.where(ids == image_token, IGNORED, ids)
    labels[:, :, :3] = IGNORED
    tensors |= {"train_input_ids": ids, "train_pixel_values": pixels}
    curves = {}
    for stage, parts, rate in (("stage1", ["projector"], 2e-3), ("stage2", ["projector", "language_model", "lm_head"], 5e-4)):
        trained = copy.deepcopy(model)
        chosen = [(name, p) for name, p in trained.named_parameters() if any(part in name for part in parts)]
        curves[stage] = train(
            [p for _, p in chosen],
            lambda i: trained(input_ids=ids[i], pixel_values=pixels[i], labels=labels[i]).loss,
            lr=rate,
            clip=1.0,
        )
        tensors |= {f"{stage}.after10.{name}": p for name, p in chosen}
    return curves


if __name__ == "__main__":
    main()
