"""Writes a fixture of the kind `llava-original`: a small random LLaVA of the original classes, in the original layout.

    git clone https://github.com/haotian-liu/LLaVA
    pip install torch "transformers==4.37.2" accelerate sentencepiece protobuf pillow requests safetensors
    python tools/reference/llava_original.py OUTPUT --checkout LLaVA --images FILE ... [--seed 0]
        [--projector mlp2x_gelu] [--feature cls_patch] [--select -2] [--aspect pad] [--start-end] [--max-length 512] ...

`--rows` are conversations of tests/fixtures/prompts, encoded in v1; pictures are shown in the order given, over and
over. A `--max-length` below the length of a row shows how the original cuts.
"""

import itertools
import json
import pathlib
import shutil
import sys

import prompts
import torch
from golden import IGNORED, gradients, parser, randomise, write
from PIL import Image
from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModel, LlamaTokenizer

QUESTION = "What is in this image?"
START_END = ["<im_start>", "<im_end>"]
TOKENIZER = pathlib.Path(__file__).parents[2] / "tests/fixtures/prompts/tokenizer.model"


def read_arguments():
    options = parser(__doc__)
    options.add_argument("--checkout", type=pathlib.Path, required=True)
    options.add_argument("--tokenizer", type=pathlib.Path, default=TOKENIZER)
    options.add_argument("--images", type=pathlib.Path, nargs="+", required=True)
    options.add_argument("--rows", nargs="+", default=["one-turn", "three-turns", "text-only"])
    options.add_argument("--templates", nargs="+", default=["v1", "v0"])
    options.add_argument("--hidden", type=int, default=24)
    options.add_argument("--intermediate", type=int, default=56)
    options.add_argument("--layers", type=int, default=2)
    options.add_argument("--heads", type=int, default=4)
    options.add_argument("--kv-heads", type=int, default=4)
    options.add_argument("--vision-hidden", type=int, default=32)
    options.add_argument("--vision-heads", type=int, default=4)
    options.add_argument("--vision-layers", type=int, default=3)
    options.add_argument("--image", type=int, default=56)
    options.add_argument("--patch", type=int, default=14)
    options.add_argument("--projector", default="mlp2x_gelu", help="linear, mlpNx_gelu or identity")
    options.add_argument("--feature", choices=["patch", "cls_patch"], default="patch")
    options.add_argument("--select", type=int, default=-2)
    options.add_argument("--aspect", choices=["pad", "square"], default="pad")
    options.add_argument("--start-end", action="store_true", help="wrap images in <im_start> and <im_end>")
    options.add_argument("--max-length", type=int, default=512)
    options.add_argument("--new-tokens", type=int, default=20)
    return options.parse_args()


def make_tower(arguments):
    """The vision tower has a folder of its own beside the model's."""
    config = CLIPVisionConfig(
        hidden_size=arguments.vision_hidden, intermediate_size=2 * arguments.vision_hidden,
        num_hidden_layers=arguments.vision_layers, num_attention_heads=arguments.vision_heads,
        image_size=arguments.image, patch_size=arguments.patch,
    )  # fmt: skip
    tower = CLIPVisionModel(config).float()
    randomise(tower)
    folder = arguments.folder / "vision-tower"
    tower.half().save_pretrained(folder)
    size = {"height": arguments.image, "width": arguments.image}
    CLIPImageProcessor(size={"shortest_edge": arguments.image}, crop_size=size).save_pretrained(folder)
    return folder


def make_tokenizer(arguments):
    tokenizer = LlamaTokenizer(
        str(arguments.tokenizer), legacy=True, pad_token="<unk>", model_max_length=arguments.max_length,
        padding_side="right",
    )  # fmt: skip
    if arguments.start_end:
        tokenizer.add_tokens(START_END, special_tokens=True)
    return tokenizer


def make_model(arguments, tower, vocabulary):
    from llava.model.language_model.llava_llama import LlavaConfig, LlavaLlamaForCausalLM

    config = LlavaConfig(
        vocab_size=vocabulary, hidden_size=arguments.hidden, intermediate_size=arguments.intermediate,
        num_hidden_layers=arguments.layers, num_attention_heads=arguments.heads,
        num_key_value_heads=arguments.kv_heads, max_position_embeddings=512, pad_token_id=0, rms_norm_eps=1e-5,
    )  # fmt: skip
    settings = dict(
        mm_projector_type=arguments.projector, mm_hidden_size=arguments.vision_hidden,
        mm_vision_select_layer=arguments.select, mm_vision_select_feature=arguments.feature,
        mm_use_im_start_end=arguments.start_end, mm_use_im_patch_token=False, image_aspect_ratio=arguments.aspect,
        tokenizer_padding_side="right", tokenizer_model_max_length=arguments.max_length, use_mm_proj=True,
        tune_mm_mlp_adapter=False, mm_vision_tower=str(tower.resolve()),
    )  # fmt: skip
    for name, value in settings.items():
        setattr(config, name, value)
    model = LlavaLlamaForCausalLM(config).float().eval()
    randomise(model)
    model.get_vision_tower().load_model()
    model.get_vision_tower().float()
    return model


def save_model(model, folder):
    """Two pickled shards of float16, the first with most of it, and the tower's place relative to the model."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {name: value.half() for name, value in model.state_dict().items() if "vision_tower" not in name}
    names = sorted(state)
    shards = [names[: len(names) * 2 // 3], names[len(names) * 2 // 3 :]]
    places = {}
    for number, held in enumerate(shards, 1):
        file = f"pytorch_model-{number:05}-of-{len(shards):05}.bin"
        torch.save({name: state[name] for name in held}, folder / file)
        places |= dict.fromkeys(held, file)
    size = sum(value.numel() * 2 for value in state.values())
    index = {"metadata": {"total_size": size}, "weight_map": places}
    (folder / "pytorch_model.bin.index.json").write_text(json.dumps(index, indent=1))
    config = {**model.config.to_dict(), "architectures": ["LlavaLlamaForCausalLM"], "torch_dtype": "float16"}
    config |= {"mm_vision_tower": "../vision-tower", "model_type": "llava"}
    (folder / "config.json").write_text(json.dumps(config, indent=1))


def make_batch(arguments, conversation, original, tokenizer, pictures, blank):
    """Ids and labels before the splice, right-padded, and a picture per image; a row without any takes a blank one."""
    conversation.default_conversation = conversation.conv_templates["v1"]
    known = {entry["name"]: entry for entry in prompts.read_conversations(prompts.DEFAULT_CONVERSATIONS)}
    rows, chosen, shown = [], [], itertools.cycle(pictures)
    for name in arguments.rows:
        turns = known[name]["turns"]
        sources = [[{"from": speaker, "value": value} for speaker, value in turns]]
        count = sum(value.count("<image>") for _, value in turns)
        if count > 0:
            settings = type("Settings", (), {"is_multimodal": True, "mm_use_im_start_end": arguments.start_end})
            sources = original["preprocess_multimodal"](sources, settings)
        rows.append(original["preprocess"](sources, tokenizer, has_image=count > 0))
        chosen += [next(shown) for _ in range(count)] or [blank]
    ids = torch.nn.utils.rnn.pad_sequence([row["input_ids"][0] for row in rows], batch_first=True, padding_value=0)
    labels = [row["labels"][0] for row in rows]
    labels = torch.nn.utils.rnn.pad_sequence(labels, batch_first=True, padding_value=IGNORED)
    mask = torch.tensor([[1] * len(row["input_ids"][0]) + [0] * (ids.shape[1] - len(row["input_ids"][0])) for row in rows])
    return ids, mask, labels, torch.stack(chosen)


def answers(arguments, conversation, original, tokenizer, model, pictures):
    image_token = "<image>".join(START_END) if arguments.start_end else "<image>"
    for template in arguments.templates:
        for file, pixels in zip(arguments.images, pictures):
            prompt = conversation.conv_templates[template].copy()
            prompt.append_message(prompt.roles[0], f"{image_token}\n{QUESTION}")
            prompt.append_message(prompt.roles[1], None)
            ids = original["tokenizer_image_token"](prompt.get_prompt(), tokenizer)
            new = model.generate(
                torch.tensor([ids]), images=pixels[None], do_sample=False, max_new_tokens=arguments.new_tokens,
                eos_token_id=None, pad_token_id=0,
            )[0].tolist()[1:]  # fmt: skip  # It begins with a start token that was not generated.
            yield {
                "template": template, "image": file.name, "question": QUESTION, "prompt_ids": ids, "new_ids": new,
                "text": tokenizer.decode(new, skip_special_tokens=True),
            }  # fmt: skip


def main() -> None:
    arguments = read_arguments()
    sys.path.insert(0, str(arguments.checkout))
    torch.manual_seed(arguments.seed)
    conversation, original = prompts.load_original(arguments.checkout)
    tower = make_tower(arguments)
    tokenizer = make_tokenizer(arguments)
    model = make_model(arguments, tower, len(tokenizer))
    save_model(model, arguments.folder / "model")
    tokenizer.save_pretrained(arguments.folder / "model")
    images = arguments.folder / "images"
    images.mkdir(exist_ok=True)
    for path in arguments.images:
        shutil.copyfile(path, images / path.name)

    from llava.mm_utils import process_images

    opened = [Image.open(path).convert("RGB") for path in arguments.images]
    pictures = list(process_images(opened, CLIPImageProcessor.from_pretrained(tower), model.config))
    ids, mask, labels, pixels = make_batch(
        arguments, conversation, original, tokenizer, pictures, torch.zeros_like(pictures[0])
    )
    tensors = {"input_ids": ids, "attention_mask": mask, "labels_before_splice": labels, "pixel_values": pixels}
    tensors["image_features"] = model.encode_images(pixels)
    _, positions, spliced_mask, _, embeddings, spliced = model.prepare_inputs_labels_for_multimodal(
        ids, None, mask, None, labels, pixels
    )
    tensors |= {"spliced_embeddings": embeddings, "spliced_labels": spliced, "spliced_attention_mask": spliced_mask.int()}
    output = model(
        inputs_embeds=embeddings, attention_mask=spliced_mask, position_ids=positions, labels=spliced, images=None
    )
    last = int(spliced_mask[0].sum()) - 1
    tensors |= {"logits_row0_last_valid": output.logits[0, last], "logits_last8": output.logits[0, -8:]}
    tensors["loss"] = output.loss.reshape(1)
    found = gradients(model, output.loss)
    big = ["grad.model.embed_tokens.weight", "grad.lm_head.weight"]
    tensors["grad_norms.embed_lm_head"] = torch.stack([found.pop(name).norm() for name in big])
    tensors |= found
    with torch.no_grad():
        generation = list(answers(arguments, conversation, original, tokenizer, model, pictures))
    shown = [path.name for path in arguments.images]
    what = (
        f"original LLaVA classes, float32 arithmetic on float16-exact weights; image_aspect_ratio {arguments.aspect}; "
        f"batch = {', '.join(arguments.rows)} in v1 (a row without an image takes a zero image that is not spliced); "
        f"{arguments.new_tokens} greedy tokens per picture and template, end of sequence disabled"
    )
    needs = {"model": "model", "tokenizer": "model/tokenizer.model", "images": "images"}
    write(
        arguments.folder, "llava-original", what, tensors, needs, projector=arguments.projector,
        select_feature=arguments.feature, images=shown, generation=generation,
    )  # fmt: skip


if __name__ == "__main__":
    main()
