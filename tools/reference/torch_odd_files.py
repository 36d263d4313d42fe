"""Writes files of torch.save and torch.jit.save with what checkpoints of the world hold beside plain tensors.

    python tools/reference/torch_odd_files.py OUTPUT_FOLDER

Needs torch and safetensors. `odd.bin`: tensors nobody can read into plain arrays (complex, sparse, quantised...) beside
some that can; `script.pt`: a TorchScript module with the parameters of `state.safetensors`; `state.bin`: its state dict;
`module.bin`: the module itself, which only code could rebuild.
"""

import collections
import pathlib
import sys
import warnings

import torch
from safetensors.torch import save_file

warnings.filterwarnings("ignore")


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    module = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3), torch.nn.Linear(3, 2, bias=False)).eval()
    torch.save(module.state_dict(), folder / "state.bin")
    torch.save(module, folder / "module.bin")
    torch.jit.save(torch.jit.script(module), folder / "script.pt")
    save_file(module.state_dict(), folder / "state.safetensors")

    odd = {
        "complex": torch.randn(3, dtype=torch.complex64),
        "negated": torch.randn(3, dtype=torch.complex64).conj().imag,
        "sparse": torch.eye(3).to_sparse(),
        "quantised": torch.quantize_per_tensor(torch.randn(4), 0.1, 0, torch.qint8),
        "float8": torch.randn(4).to(torch.float8_e4m3fn),
        "meta": torch.empty(3, device="meta"),
        "uint16": torch.tensor([1, 65535], dtype=torch.uint16),
        "permuted": torch.arange(24.0).reshape(2, 3, 4).permute(2, 0, 1),
        "expanded": torch.tensor([1.0, 2.0]).expand(3, 2),
        "list": [torch.ones(2), torch.zeros(1)],
        7: torch.ones(1),
        "bytes": b"abc",
        "set": {1, 2},
        "size": torch.Size([1, 2]),
        "device": torch.device("cuda:0"),
        "ordered": collections.OrderedDict(a=1),
        "big": 2**80,
    }
    torch.save(odd, folder / "odd.bin")


if __name__ == "__main__":
    main()
