"""Small LLaVAs with parts that this repository does not bring: a SigLIP image encoder and GPT-2, random weights.

Writes tests/fixtures/own-parts: the folder `model` with both parts as transformers saves it, and what transformers
computes with it; the folders `siglip-llama` and `clip-gpt2`, in which one part is its own; and `chat.json`, what each
of the three answers to a question about a picture (`expected.safetensors` and `NAME.safetensors` have the numbers).
The examples `own-encoder` and `own-decoder` are held against it.

    pip install torch==2.15.0 transformers==5.23.0 pillow==13.0.0
    python tools/reference/own_parts.py [FOLDER]
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from PIL import Image
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import (
    CLIPVisionConfig,
    GPT2Config,
    LlamaConfig,
    LlavaConfig,
    LlavaForConditionalGeneration,
    PreTrainedTokenizerFast,
    SiglipVisionConfig,
)

IMAGE_TOKEN = 95
SEED = 11
SIZE = dict(num_hidden_layers=3, image_size=30, patch_size=10)
SPECIAL = dict(bos_token_id=1, eos_token_id=2, pad_token_id=0, tie_word_embeddings=False)
CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;!?'\"()-+*/=<>%&#@_[]{}|$\n"
TEMPLATE = (
    "{% for message in messages %}{{ 'Q: ' if message.role == 'user' else 'A: ' }}"
    "{% for part in message.content %}{{ '<image>' if part.type == 'image' else part.text }}{% endfor %}"
    "{{ '\n' }}{% endfor %}{% if add_generation_prompt %}A:{% endif %}"
)
FIXTURES = Path(__file__).parents[2] / "tests/fixtures"
PICTURE = "drawn-333x217.png"
QUESTION = "What is this?"


def siglip():
    return SiglipVisionConfig(hidden_size=24, intermediate_size=40, num_attention_heads=3, **SIZE)


def clip():
    return CLIPVisionConfig(hidden_size=24, intermediate_size=40, num_attention_heads=3, projection_dim=16, **SIZE)


def gpt2():
    return GPT2Config(vocab_size=96, n_embd=32, n_layer=3, n_head=4, n_positions=64, **SPECIAL)


def llama():
    return LlamaConfig(
        vocab_size=96, hidden_size=32, intermediate_size=56, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=64, **SPECIAL,
    )


def make_model(vision, text, strategy):
    config = LlavaConfig(
        vision_config=vision,
        text_config=text,
        image_token_index=IMAGE_TOKEN,
        image_seq_length=9,
        vision_feature_layer=-2,
        vision_feature_select_strategy=strategy,
        tie_word_embeddings=False,
    )
    model = LlavaForConditionalGeneration(config).eval().float()
    for parameter in model.parameters():
        # Exact in float16; norms near one, and nothing left at zero.
        noise = torch.randn_like(parameter) * 0.4
        parameter.data = ((parameter.data if parameter.dim() == 1 else 0) + noise).half().float()
    return model


def make_tokenizer():
    """Every character is a token."""
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    letters = [byte_level.pre_tokenize_str(character)[0][0] for character in CHARACTERS]
    names = ["<pad>", "<s>", "</s>", *letters, "<image>"]
    tokenizer = Tokenizer(models.BPE({name: id for id, name in enumerate(names)}, []))
    tokenizer.pre_tokenizer = byte_level
    tokenizer.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", bos_token="<s>", eos_token="</s>",
        additional_special_tokens=["<image>"], chat_template=TEMPLATE,
    )


def picture_pixels(mean, std):
    """As SiglipImageProcessor and CLIPImageProcessor with a size of 30 x 30 and without a crop."""
    picture = Image.open(FIXTURES / "image-processor/images" / PICTURE).convert("RGB")
    levels = torch.tensor(list(picture.resize((30, 30), Image.Resampling.BICUBIC).tobytes())).reshape(30, 30, 3)
    return ((levels.permute(2, 0, 1) / 255 - torch.tensor(mean)[:, None, None]) / torch.tensor(std)[:, None, None])[None]


def answer(model, folder, mean, std, states_processor):
    """16 tokens after a question about the picture; how far each was ahead tells whether rounding could change one."""
    tokenizer = make_tokenizer()
    tokenizer.save_pretrained(folder)
    processor = {
        "do_convert_rgb": True, "do_resize": True, "do_center_crop": False, "do_rescale": True, "do_normalize": True,
        "size": {"height": 30, "width": 30}, "resample": 3, "rescale_factor": 1 / 255, "image_mean": mean,
        "image_std": std,
    }
    if states_processor:
        (folder / "preprocessor_config.json").write_text(json.dumps(processor, indent=2) + "\n")
    content = [{"type": "image"}, {"type": "text", "text": QUESTION}]
    prompt = tokenizer.apply_chat_template(
        [{"role": "user", "content": content}], tokenize=False, add_generation_prompt=True
    )
    ids = tokenizer(prompt.replace("<image>", "<image>" * 9), return_tensors="pt").input_ids
    with torch.no_grad():
        output = model.generate(
            input_ids=ids, attention_mask=torch.ones_like(ids), pixel_values=picture_pixels(mean, std),
            do_sample=False, max_new_tokens=16, eos_token_id=None, return_dict_in_generate=True, output_logits=True,
        )
    new_ids = output.sequences[0, ids.shape[1] :]
    best = torch.stack([logits[0].topk(2).values for logits in output.logits])
    return {
        "model": folder.name,
        "image": PICTURE,
        "question": QUESTION,
        "prompt": prompt,
        "prompt_tokens": ids.shape[1] - 9,
        "new_ids": new_ids.tolist(),
        "text": tokenizer.decode(new_ids, skip_special_tokens=True),
        "smallest_lead": (best[:, 0] - best[:, 1]).min().item(),
    }


def measure(model, file):
    """A batch of two with random pixels: what the tower and the projector see, logits, loss and greedy tokens."""
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
        features = model.model.get_image_features(pixels).pooler_output
        greedy = model.generate(
            input_ids=ids[:1], attention_mask=mask[:1], pixel_values=pixels[:1], do_sample=False, max_new_tokens=16,
            eos_token_id=None,
        )[0, width:]
    tensors = {
        "pixels": pixels,
        **{f"hidden_states.{i}": state for i, state in enumerate(tower.hidden_states)},
        "features": torch.stack(list(features)) if isinstance(features, (list, tuple)) else features,
        "ids": ids.int(),
        "labels": labels.int(),
        "lengths": torch.tensor(lengths).int(),
        "logits": output.logits,
        "loss": output.loss.reshape(1),
        "greedy": greedy.int(),
    }
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, file)
    print(file.name, json.dumps({name: list(tensor.shape) for name, tensor in tensors.items()}), greedy.tolist())


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else FIXTURES / "own-parts")
    folder.mkdir(parents=True, exist_ok=True)
    half = [0.5, 0.5, 0.5]
    clip_mean, clip_std = [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]
    torch.manual_seed(SEED)
    answers = []
    # Without a file that says how pixels are prepared (the first one), the encoder does.
    for name, vision, text, strategy, mean, std, states_processor in [
        ("model", siglip(), gpt2(), "full", half, half, False),
        ("siglip-llama", siglip(), llama(), "full", half, half, True),
        ("clip-gpt2", clip(), gpt2(), "default", clip_mean, clip_std, True),
    ]:
        model = make_model(vision, text, strategy)
        model.save_pretrained(folder / name, max_shard_size="1GB")
        measure(model, folder / ("expected.safetensors" if name == "model" else f"{name}.safetensors"))
        answers.append(answer(model, folder / name, mean, std, states_processor))
    (folder / "chat.json").write_text(json.dumps(answers, indent=2) + "\n")


main()
