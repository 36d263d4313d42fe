import { mkdir, open, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { byteTokenizerJson } from "../loading/big-model.ts"

const hidden = 2 ** 26
const rows = 32

/** A model with rows of 256 MiB, of which no adapter binds the 32 that it must: a file with holes, which takes no room on the disk. */
export async function writeTooBigModel(folder: string): Promise<string> {
  await mkdir(folder)
  const config = {
    model_type: "llama",
    vocab_size: 256,
    hidden_size: hidden,
    intermediate_size: rows,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    head_dim: rows / 2,
  }
  await writeFile(join(folder, "config.json"), JSON.stringify(config))
  await writeFile(join(folder, "tokenizer.json"), byteTokenizerJson())
  const layer = {
    "input_layernorm.weight": [hidden],
    "post_attention_layernorm.weight": [hidden],
    "self_attn.q_proj.weight": [rows, hidden],
    "self_attn.k_proj.weight": [rows, hidden],
    "self_attn.v_proj.weight": [rows, hidden],
    "self_attn.o_proj.weight": [hidden, rows],
    "mlp.gate_proj.weight": [rows, hidden],
    "mlp.up_proj.weight": [rows, hidden],
    "mlp.down_proj.weight": [hidden, rows],
  }
  await writeHollow(join(folder, "model.safetensors"), {
    "model.embed_tokens.weight": [256, hidden],
    "lm_head.weight": [256, hidden],
    "model.norm.weight": [hidden],
    ...Object.fromEntries(Object.entries(layer).map(([name, shape]) => [`model.layers.0.${name}`, shape])),
  })
  return folder
}

/** A safetensors file of f32 zeros that are not on the disk. */
async function writeHollow(path: string, shapes: Readonly<Record<string, readonly number[]>>): Promise<void> {
  let end = 0
  const entries = Object.entries(shapes).map(([name, shape]) => {
    const begin = end
    end += 4 * shape.reduce((product, size) => product * size, 1)
    return [name, { dtype: "F32", shape, data_offsets: [begin, end] }]
  })
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  await using file = await open(path, "w")
  await file.write(length)
  await file.write(header)
  await file.truncate(8 + header.length + end)
}
