"""Writes a fixture of kind `gguf-blocks`: bytes of every GGUF block format and the float32 values they stand for.

    python tools/reference/gguf_blocks.py OUTPUT_FOLDER [--seed 0] [--rows 4]

Needs numpy, gguf and safetensors. Block bytes are random except for the float16 scales, which are kept finite; so every
bit pattern of scales and weights occurs, also those no quantiser chooses. `encoded.*` are what gguf-py's quantisers
make of `source`.
"""

import argparse
import json
import pathlib

import numpy as np
from gguf import GGMLQuantizationType, quants
from gguf.constants import GGML_QUANT_SIZES
from safetensors.numpy import save_file

COLUMNS = 512
# Where the float16 numbers stand in a block.
HALVES = {
    "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0], "Q2_K": [80, 82], "Q3_K": [108],
    "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208], "IQ4_NL": [0], "IQ4_XS": [0],
}  # fmt: skip


def random_blocks(name: str, rows: int, random: np.random.Generator) -> np.ndarray:
    elements, size = GGML_QUANT_SIZES[GGMLQuantizationType[name]]
    blocks = random.integers(0, 256, (rows * COLUMNS // elements, size), dtype=np.uint8)
    for at in HALVES[name]:
        halves = random.normal(0, 0.02, len(blocks)).astype(np.float16)
        blocks[:, at : at + 2] = halves.view(np.uint8).reshape(-1, 2)
    return blocks.reshape(rows, -1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rows", type=int, default=4)
    arguments = parser.parse_args()
    random = np.random.default_rng(arguments.seed)
    source = random.normal(0, 1, (arguments.rows, COLUMNS)).astype(np.float32)

    tensors = {"source": source}
    for name in HALVES:
        blocks = random_blocks(name, arguments.rows, random)
        tensors[f"{name}.bytes"] = blocks.reshape(-1)
        tensors[f"{name}.values"] = quants.dequantize(blocks, GGMLQuantizationType[name]).astype(np.float32)
    for name in ("F16", "BF16"):
        kind = GGMLQuantizationType[name]
        blocks = quants.quantize(source, kind).view(np.uint8)
        tensors[f"{name}.bytes"] = blocks.reshape(-1)
        tensors[f"{name}.values"] = quants.dequantize(quants.quantize(source, kind), kind).astype(np.float32)
    for name in ("Q8_0", "Q4_0", "Q4_1", "F16", "BF16"):
        tensors[f"encoded.{name}"] = quants.quantize(source, GGMLQuantizationType[name]).view(np.uint8).reshape(-1)

    folder: pathlib.Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    save_file({name: np.ascontiguousarray(value) for name, value in tensors.items()}, folder / "golden.safetensors")
    what = "raw bytes of each GGUF block format and the float32 values they decode to (gguf-py)"
    (folder / "golden.json").write_text(json.dumps({"kind": "gguf-blocks", "needs": {}, "what": what}, indent=1))


if __name__ == "__main__":
    main()
