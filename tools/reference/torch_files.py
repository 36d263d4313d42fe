"""Writes a fixture of kind `torch-files`: what torch.save makes, and two files that try to run code.

    python tools/reference/torch_files.py OUTPUT_FOLDER [--seed 0]

Needs torch and safetensors. Numbers are exact in float16 and bfloat16.
"""

import argparse
import json
import pathlib
import pickle
import posix

import torch
from safetensors.torch import save_file


class Hostile:
    def __reduce__(self):
        return posix.system, ("touch /tmp/pickle-ran-code",)


def tensors(seed: int) -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    base = torch.randint(-64, 64, (6, 10), generator=generator).float() / 16
    return {
        "transposed": base.t(),
        "slice": base[2:5, 1:9:2],
        "shared_a": base,
        "shared_b": base[1],
        "half": base.half(),
        "bfloat16": base.bfloat16(),
        "int64": torch.randint(-(2**62), 2**62, (3,), generator=generator),
        "uint8": torch.randint(0, 256, (5,), generator=generator, dtype=torch.uint8),
        "bool": torch.tensor([True, False]),
        "scalar": torch.tensor(3.5),
        "empty": torch.zeros(0, 4),
        "parameter": torch.nn.Parameter(base[:2].clone()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    folder: pathlib.Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)

    values = tensors(arguments.seed)
    torch.save(values, folder / "zip.bin")
    torch.save(values, folder / "legacy.bin", _use_new_zipfile_serialization=False)
    plain = {"epoch": 3, "args": {"lr": 0.1, "name": "x", "betas": (0.9, 0.95), "none": None}}
    torch.save({"model": values, **plain}, folder / "nested.bin")
    torch.save({"w": values["shared_a"], "x": Hostile()}, folder / "hostile.bin")
    (folder / "hostile.pkl").write_bytes(pickle.dumps({"x": Hostile()}, protocol=4))
    save_file({name: value.detach().contiguous().clone() for name, value in values.items()}, folder / "golden.safetensors")
    what = (
        "zip.bin and legacy.bin hold the tensors of golden.safetensors (views, shared storage); nested.bin holds them "
        "under 'model' beside plain values; hostile.pkl and hostile.bin must be refused, naming posix.system"
    )
    (folder / "golden.json").write_text(json.dumps({"kind": "torch-files", "needs": {}, "what": what}, indent=1))


if __name__ == "__main__":
    main()
