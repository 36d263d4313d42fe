"""Proves with transformers that the tokenizer files of a saved folder give the ids of the model they came from.

    pip install transformers==5.23.0
    python tools/reference/read_saved_tokenizer.py FOLDER CASES

CASES is llama.cpp's `ggml-vocab-*.gguf.inp` with its `.out` beside it, the golden.json of a fixture of the kind
`gguf-language-model`, or a JSON array of `{ "text", "ids" }`. Exits 1 where an id differs.
"""

import json
import sys
from pathlib import Path

from transformers import AutoTokenizer


def cases_of(file: Path) -> list[tuple[str, list[int]]]:
    if file.suffix == ".inp":
        texts = file.read_bytes().decode().split("\n__ggml_vocab_test__\n")
        lines = file.with_suffix(".out").read_text().split("\n")
        return [(text, [int(id) for id in line.split()]) for text, line in zip(texts, lines)]
    content = json.loads(file.read_text())
    if isinstance(content, list):
        return [(case["text"], case["ids"]) for case in content]
    chats = [(case["prompt"], case["input_ids"]) for case in content["chat"]]
    return chats + [(case["text"], case["input_ids"]) for case in content["raw"]]


def main() -> int:
    tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
    cases = cases_of(Path(sys.argv[2]))
    wrong = 0
    for text, ids in cases:
        found = tokenizer(text, add_special_tokens=False)["input_ids"]
        if found != ids:
            wrong += 1
            print(f"{text!r}: {found}, expected {ids}")
    print(f"{type(tokenizer).__name__}: {len(cases) - wrong} of {len(cases)} texts have the same ids")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
