"""Writes a fixture of kind `prompts` with the code of the original LLaVA.

    git clone https://github.com/haotian-liu/LLaVA
    pip install torch "transformers==4.37.2" sentencepiece protobuf pillow
    python -P tools/reference/prompts.py LLaVA tests/fixtures/prompts/tokenizer.model OUTPUT_FOLDER [conversations.json]

`conversations.json` is a list of {"name": ..., "turns": [["human", "..."], ["gpt", "..."], ...]}; without it the
conversations of tests/fixtures/prompts are used again. Only llava/conversation.py and the functions named below are
run, so none of LLaVA's own requirements is needed.
"""

import argparse
import ast
import copy
import json
import pathlib
import shutil
import sys
import types

import torch
import transformers

DEFAULT_CONVERSATIONS = pathlib.Path(__file__).parents[2] / "tests/fixtures/prompts/golden.json"
TRAINING_TEMPLATES = ["plain", "v0", "v1", "llama_2"]
STYLES_WITH_ANSWER_SEPARATOR = ["TWO", "LLAMA_2"]
FUNCTIONS = {
    "llava/mm_utils.py": ["tokenizer_image_token"],
    "llava/train/train.py": [
        "_tokenize_fn", "_mask_targets", "_add_speaker_and_signal", "preprocess_multimodal", "preprocess_llama_2",
        "preprocess_v1", "preprocess_mpt", "preprocess_plain", "preprocess",
    ],
}


def load_original(checkout):
    """conversation.py as a module, and a namespace with the functions above."""
    conversation = types.ModuleType("conversation")
    sys.modules["conversation"] = conversation
    exec((checkout / "llava/conversation.py").read_text(), conversation.__dict__)
    namespace = {
        "torch": torch, "transformers": transformers, "copy": copy, "conversation_lib": conversation,
        "IS_TOKENIZER_GREATER_THAN_0_14": False,
    }
    exec("from typing import *\nDataArguments = object", namespace)
    exec((checkout / "llava/constants.py").read_text(), namespace)
    for path, names in FUNCTIONS.items():
        tree = ast.parse((checkout / path).read_text())
        tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in names]
        exec(compile(tree, path, "exec"), namespace)
    return conversation, namespace


def read_conversations(path):
    data = json.loads(path.read_text())
    if isinstance(data, list):
        return data
    return list({row["name"]: {"name": row["name"], "turns": row["turns"]} for row in data["training"]}.values())


def training_row(original, conversation, tokenizer, template, entry):
    conversation.default_conversation = conversation.conv_templates[template]
    sources = [[{"from": speaker, "value": value} for speaker, value in entry["turns"]]]
    has_image = any("<image>" in value for _, value in entry["turns"])
    if has_image:
        settings = types.SimpleNamespace(is_multimodal=True, mm_use_im_start_end=False)
        sources = original["preprocess_multimodal"](sources, settings)
    result = original["preprocess"](sources, tokenizer, has_image=has_image)
    labels = result["labels"][0].tolist()
    learned = sum(label != -100 for label in labels)
    return {
        "template": template, "name": entry["name"], "turns": entry["turns"],
        "input_ids": result["input_ids"][0].tolist(), "labels": labels,
        "learned": learned, "all_masked": learned == 0,
    }


def generation_row(original, conversation, tokenizer, template, entry):
    prompt_of = conversation.conv_templates[template].copy()
    for index, (_, value) in enumerate(entry["turns"][:-1]):
        prompt_of.append_message(prompt_of.roles[index % 2], value)
    prompt_of.append_message(prompt_of.roles[1], None)
    prompt = prompt_of.get_prompt()
    ends_differ = prompt_of.sep_style.name in STYLES_WITH_ANSWER_SEPARATOR
    return {
        "template": template, "name": entry["name"], "prompt": prompt,
        "input_ids": original["tokenizer_image_token"](prompt, tokenizer),
        "stop": prompt_of.sep2 if ends_differ else prompt_of.sep,
    }


def suits(template, turns):
    """plain knows one image and one caption; a prompt begins with a question and its last answer is left out."""
    if template == "plain":
        return len(turns) == 2 and "<image>" in turns[0][1]
    return True


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("checkout", type=pathlib.Path)
    arguments.add_argument("tokenizer", type=pathlib.Path)
    arguments.add_argument("output", type=pathlib.Path)
    arguments.add_argument("conversations", type=pathlib.Path, nargs="?", default=DEFAULT_CONVERSATIONS)
    options = arguments.parse_args()

    conversation, original = load_original(options.checkout)
    tokenizer = transformers.LlamaTokenizer(
        str(options.tokenizer), legacy=True, pad_token="<unk>", model_max_length=2048, padding_side="right"
    )
    entries = read_conversations(options.conversations)
    asked = [entry for entry in entries if entry["turns"][0][0] == "human" and len(entry["turns"]) % 2 == 0]
    templates = conversation.conv_templates
    golden = {
        "kind": "prompts",
        "needs": {"tokenizer": "tokenizer.model"},
        "what": "Original LLaVA: training ids and labels, and prompts for generation (-200 an image, -100 not learned)",
        "templates_defaults": {
            name: {
                "system": template.system, "roles": list(template.roles), "sep": template.sep, "sep2": template.sep2,
                "style": template.sep_style.name,
            }
            for name, template in templates.items()
        },
        "training": [
            training_row(original, conversation, tokenizer, template, entry)
            for template in TRAINING_TEMPLATES for entry in entries if suits(template, entry["turns"])
        ],
        "generation": [
            generation_row(original, conversation, tokenizer, template, entry)
            for template in templates if "plain" not in template for entry in asked
        ],
    }
    options.output.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(options.tokenizer, options.output / "tokenizer.model")
    (options.output / "golden.json").write_text(json.dumps(golden, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
