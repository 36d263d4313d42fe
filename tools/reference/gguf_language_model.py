"""Writes a fixture of the kind `gguf-language-model`: a small random LLaMA, quantised into a GGUF file with its tokenizer.

    pip install torch transformers gguf jinja2
    python tools/reference/gguf_language_model.py OUTPUT [--seed 0] [--types Q4_0 Q8_0] [--heads 4] [--kv-heads 2] ...

transformers computes what is expected, with the weights that gguf-py dequantises. `--types` are dealt to the matrices of
the layers in turn; the embedding takes `--embedding-type`.
"""

import json
import pathlib

import numpy as np
import torch
from gguf import GGMLQuantizationType, GGUFWriter, quants
from golden import parser, randomise, write
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

TOKENIZER = pathlib.Path(__file__).parents[2] / "tests/fixtures/tokenizers/byte-level-gpt2/tokenizer.json"
SPECIAL = ["<s>", "</s>", "<|im_start|>", "<|im_end|>"]
CHAT_TEMPLATE = (
    "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
    "{{ '<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n' }}{% endif %}"
    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
QUESTIONS = ["What is in the box?", "Décris l'image, s'il te plaît 🙂\n 1/2"]
TEXTS = ["Once upon a time", "int f(int x) { return x*x; }\n\n\tnaïve 東京"]
NAMES = {
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}  # fmt: skip


def make_tokenizer() -> PreTrainedTokenizerFast:
    model = json.loads(TOKENIZER.read_text())["model"]
    merges = [tuple(merge.split(" ")) if isinstance(merge, str) else tuple(merge) for merge in model["merges"]]
    tokenizer = Tokenizer(models.BPE(vocab=model["vocab"], merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in SPECIAL])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="<|im_end|>", chat_template=CHAT_TEMPLATE,
        clean_up_tokenization_spaces=False,
    )  # fmt: skip


def interleave(weight: np.ndarray, heads: int) -> np.ndarray:
    """GGUF keeps the two halves of each head's rotation next to each other."""
    rows, columns = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def separate(weight: np.ndarray, heads: int) -> np.ndarray:
    rows, columns = weight.shape
    return weight.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)


class Writer:
    """Quantises matrices into the file, and puts what they stand for back into the model."""

    def __init__(self, path: pathlib.Path):
        self.file = GGUFWriter(path, "llama")
        self.types: dict[str, list[str]] = {}
        self.values: dict[str, np.ndarray] = {}

    def add(self, name: str, parameter: torch.Tensor, kind: str, heads: int | None = None) -> None:
        weight = parameter.detach().numpy().astype(np.float32)
        if heads is not None:
            weight = interleave(weight, heads)
        if kind == "F32":
            self.file.add_tensor(name, weight)
        else:
            quantisation = GGMLQuantizationType[kind]
            blocks = quants.quantize(weight, quantisation)
            self.file.add_tensor(name, blocks, raw_dtype=quantisation)
            weight = quants.dequantize(blocks, quantisation).astype(np.float32)
            self.values[name] = weight
        self.types.setdefault(kind, []).append(name)
        with torch.no_grad():
            parameter.copy_(torch.from_numpy(separate(weight, heads) if heads is not None else weight.copy()))


def add_metadata(file: GGUFWriter, config: LlamaConfig, tokenizer: PreTrainedTokenizerFast) -> None:
    file.add_context_length(config.max_position_embeddings)
    file.add_embedding_length(config.hidden_size)
    file.add_block_count(config.num_hidden_layers)
    file.add_feed_forward_length(config.intermediate_size)
    file.add_head_count(config.num_attention_heads)
    file.add_head_count_kv(config.num_key_value_heads)
    file.add_layer_norm_rms_eps(config.rms_norm_eps)
    file.add_rope_dimension_count(config.head_dim)
    file.add_rope_freq_base(config.rope_parameters["rope_theta"])
    file.add_vocab_size(config.vocab_size)
    vocabulary = {id: token for token, id in tokenizer.get_vocab().items()}
    special = set(SPECIAL)
    model = json.loads(tokenizer.backend_tokenizer.to_str())["model"]
    file.add_tokenizer_model("gpt2")
    file.add_tokenizer_pre("gpt-2")
    file.add_token_list([vocabulary[id] for id in range(config.vocab_size)])
    file.add_token_types([3 if vocabulary[id] in special else 1 for id in range(config.vocab_size)])
    file.add_token_merges([" ".join(merge) for merge in model["merges"]])
    file.add_bos_token_id(tokenizer.bos_token_id)
    file.add_eos_token_id(tokenizer.eos_token_id)
    file.add_add_bos_token(False)
    file.add_chat_template(CHAT_TEMPLATE)


def write_gguf(path, model, tokenizer, arguments) -> Writer:
    writer = Writer(path)
    add_metadata(writer.file, model.config, tokenizer)
    writer.add("token_embd.weight", model.model.embed_tokens.weight, arguments.embedding_type)
    number = 0
    for index, layer in enumerate(model.model.layers):
        writer.add(f"blk.{index}.attn_norm.weight", layer.input_layernorm.weight, "F32")
        writer.add(f"blk.{index}.ffn_norm.weight", layer.post_attention_layernorm.weight, "F32")
        for ours, theirs in NAMES.items():
            heads = {"attn_q": arguments.heads, "attn_k": arguments.kv_heads}.get(theirs)
            kind = arguments.types[number % len(arguments.types)]
            writer.add(f"blk.{index}.{theirs}.weight", layer.get_submodule(ours).weight, kind, heads)
            number += 1
    writer.add("output_norm.weight", model.model.norm.weight, "F32")
    if not arguments.tied:
        writer.add("output.weight", model.lm_head.weight, arguments.embedding_type)
    writer.file.write_header_to_file()
    writer.file.write_kv_data_to_file()
    writer.file.write_tensors_to_file()
    writer.file.close()
    return writer


@torch.no_grad()
def chat_row(model, tokenizer, question: str, count: int) -> dict:
    messages = [{"role": "user", "content": question}]
    prompt = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    ids = tokenizer(prompt, add_special_tokens=False)["input_ids"]
    top = model(torch.tensor([ids])).logits[0, -1].topk(10)
    new = model.generate(torch.tensor([ids]), max_new_tokens=count, do_sample=False, eos_token_id=tokenizer.eos_token_id)
    new = new[0, len(ids) :].tolist()
    return {
        "question": question, "prompt": prompt, "input_ids": ids, "top10_ids": top.indices.tolist(),
        "top10_logits": top.values.tolist(), "greedy_ids": new,
        "greedy_text": tokenizer.decode(new, skip_special_tokens=True),
    }  # fmt: skip


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--hidden", type=int, default=64)
    options.add_argument("--intermediate", type=int, default=160)
    options.add_argument("--layers", type=int, default=2)
    options.add_argument("--heads", type=int, default=4)
    options.add_argument("--kv-heads", type=int, default=2)
    options.add_argument("--positions", type=int, default=256)
    options.add_argument("--theta", type=float, default=10000.0)
    options.add_argument("--tied", action="store_true")
    options.add_argument("--types", nargs="+", default=["Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "F16"])
    options.add_argument("--embedding-type", default="Q8_0")
    options.add_argument("--greedy", type=int, default=24)
    arguments = options.parse_args()
    torch.manual_seed(arguments.seed)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    tokenizer = make_tokenizer()
    config = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=arguments.hidden, intermediate_size=arguments.intermediate,
        num_hidden_layers=arguments.layers, num_attention_heads=arguments.heads,
        num_key_value_heads=arguments.kv_heads, max_position_embeddings=arguments.positions, rms_norm_eps=1e-5,
        rope_parameters={"rope_type": "default", "rope_theta": arguments.theta}, tie_word_embeddings=arguments.tied,
        pad_token_id=0,
    )  # fmt: skip
    model = LlamaForCausalLM(config).float().eval()
    randomise(model)
    writer = write_gguf(arguments.folder / "model.gguf", model, tokenizer, arguments)

    tensors, raw = {}, []
    for index, text in enumerate(TEXTS):
        ids = torch.tensor([tokenizer(text, add_special_tokens=False)["input_ids"]])
        with torch.no_grad():
            output = model(ids, labels=ids)
        raw.append({"text": text, "input_ids": ids[0].tolist(), "mean_nll": output.loss.item()})
        tensors[f"logits.{index}.last"] = output.logits[0, -1]
    for name, values in writer.values.items():
        if name.startswith(("blk.0.", "token_embd.")):
            tensors[f"dequantised.{name}.first2rows"] = torch.from_numpy(values[:2].copy())
    stated = ["hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "intermediate_size"]
    stated += ["vocab_size", "rms_norm_eps", "tie_word_embeddings"]
    write(
        arguments.folder, "gguf-language-model", "a small LLaMA in GGUF, dequantised to float32, in transformers",
        tensors, {"model": "model.gguf"}, config={name: getattr(config, name) for name in stated},
        chat=[chat_row(model, tokenizer, question, arguments.greedy) for question in QUESTIONS], raw=raw,
        tensor_types={kind: {"count": len(names), "first": names[0]} for kind, names in writer.types.items()},
    )  # fmt: skip


if __name__ == "__main__":
    main()
