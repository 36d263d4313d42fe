import { rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { fixturePath, testDevice } from "#testing"
import { changeNumber } from "./change-number.ts"
import { copyFixture } from "./copy-fixture.ts"
import { rowFails } from "./row-fails.ts"
import { runFixture } from "./run-fixture.ts"

type Json = Record<string, unknown>

/** Replaces the value at a path in golden.json. */
function replace(path: string, change: (value: never) => unknown) {
  return (golden: Json) => {
    const keys = path.split(".")
    const last = keys.pop()!
    const parent = keys.reduce((value, key) => value[key] as Json, golden)
    parent[last] = change(parent[last] as never)
  }
}

const more = (value: number) => value + 1
const larger = (value: number) => value * 1.001
const twist = (value: string) => `${value.slice(0, -1)}?`

const ofTraining = /after\d+\.|^train\.|^stage\d\./

/** One picture, one answer and one layout of the weights are enough here, and training where a case is about it. */
function shorten(golden: Json, changed: string): void {
  const { kind, generation, needs } = golden
  if (Array.isArray(generation) && kind === "llava-original") generation.length = 1
  if (typeof needs === "object" && needs && "same_weights" in needs) delete needs.same_weights
  if ((kind !== "llama" && kind !== "llava") || ofTraining.test(changed)) return
  for (const curve of ["train", "stage1", "stage2"]) delete golden[curve]
}

async function failedChecks(folder: string): Promise<string[]> {
  const rows = await runFixture({ folder, name: "copy" }, testDevice)
  return rows.filter((row) => rowFails(row)).map((row) => row.check)
}

const untouched = new Map<string, Promise<string[]>>()

/** What fails without any change, once for all cases that check the same. */
function failedBefore(fixture: string, changed: string): Promise<string[]> {
  const key = `${fixture} ${ofTraining.test(changed)}`
  const known = untouched.get(key) ?? failedUnchanged(fixture, changed)
  untouched.set(key, known)
  return known
}

async function failedUnchanged(fixture: string, changed: string): Promise<string[]> {
  await using copy = await copyFixture(fixturePath(fixture), (golden) => shorten(golden, changed))
  return await failedChecks(copy.folder)
}

describe("one changed number turns its row red", () => {
  it.each([
    ["clip-vision", "hidden_states.0"],
    ["clip-vision", "hidden_states.3"],
    ["clip-vision", "last_hidden_state"],
    ["clip-vision", "pooler_output"],
    ["clip", "text_embeds"],
    ["clip", "image_embeds"],
    ["clip", "logits_per_image"],
    ["clip", "loss"],
    ["clip-legacy-eos", "text_embeds"],
    ["clip", "grad.logit_scale"],
    ["clip", "grad.text_model.embeddings.token_embedding.weight"],
    ["clip-legacy-eos", "grad.vision_model.embeddings.patch_embedding.weight"],
    ["llama-mha", "hidden_states.1"],
    ["llama-yarn", "logits"],
    ["llama-scaled-bias", "loss"],
    ["llama-gqa-tied", "greedy_ids", "greedy tokens"],
    ["llama-gqa-tied", "grad.model.embed_tokens.weight"],
    ["llama-scaled-bias", "grad.model.layers.1.self_attn.k_proj.bias"],
    ["llama-yarn", "after10.model.layers.2.mlp.up_proj.weight"],
    ["llava-hf", "image_features"],
    ["llava-hf-multilayer-full", "logits"],
    ["llava-hf", "loss"],
    ["llava-hf", "greedy_ids", "greedy tokens"],
    ["llava-hf", "grad.model.vision_tower.embeddings.class_embedding"],
    ["llava-hf", "stage2.after10.model.multi_modal_projector.linear_1.weight"],
    ["llava-original-mlp", "image_features"],
    ["llava-original-mlp", "pixel_values", "pixel_values of drawn-120x401-alpha.png"],
    ["llava-original-mlp", "spliced_embeddings"],
    ["llava-original-linear", "spliced_labels"],
    ["llava-original-linear", "spliced_attention_mask"],
    ["llava-original-linear", "logits_last8"],
    ["llava-original-linear", "logits_row0_last_valid"],
    ["llava-original-linear", "loss"],
    ["llava-original-linear", "grad.model.mm_projector.weight"],
    ["llava-original-linear", "grad_norms.embed_lm_head"],
    ["lora", "logits"],
    ["lora", "merged_logits"],
    ["lora", "after10.model.layers.1.self_attn.o_proj.lora_B.weight"],
    ["adamw", "p7"],
    ["adamw", "grad_q", "norms"],
    ["lora", "merged.model.layers.0.self_attn.q_proj.weight"],
    ["lora", "after10.model.layers.0.mlp.up_proj.lora_A.weight", "merged_logits"],
    ["gguf-language-model", "logits.1.last", "raw 1, logits.1.last"],
    ["gguf-language-model", "dequantised.blk.0.attn_q.weight.first2rows"],
    ["sampling", "probs.all"],
    ["sampling", "probs.repetition1.3"],
    ["gguf-blocks", "Q4_K.values", "Q4_K values"],
    ["gguf-blocks", "IQ4_XS.bytes", "IQ4_XS values"],
    ["image-processor", "decoded.drawn-333x217.png"],
    ["image-processor", "drawn-120x401-alpha.png.336.pad"],
    ["torch-files", "shared_b", "zip.bin, bytes of shared_b"],
    ["torch-files", "bfloat16", "legacy.bin, bytes of bfloat16"],
  ])("%s: %s", async (fixture, tensor, check = tensor) => {
    expect(await failedBefore(fixture, tensor)).toEqual([])
    await using copy = await copyFixture(fixturePath(fixture), (golden) => shorten(golden, tensor))
    await changeNumber(copy.folder, tensor)
    expect(await failedChecks(copy.folder)).toContain(check)
  })
})

describe("one changed value of golden.json turns its row red", () => {
  const original = "v1, drawn-333x217.png"
  it.each([
    ["prompts", "training.4.input_ids.7", more, "training v0: three-turns, ids"],
    ["prompts", "training.4.labels.90", more, "training v0: three-turns, labels"],
    ["prompts", "generation.1.input_ids.9", more, "generation v0: three-turns, ids"],
    ["prompts", "generation.3.prompt", twist, "generation v1: one-turn, text"],
    ["prompts", "generation.3.stop", twist, "generation v1: one-turn, stop string"],
    ["prompts", "templates_defaults.v1.system", twist, "template v1"],
    ["llama-mha", "train.losses.3", larger, "train.losses"],
    ["llama-gqa-tied", "train.gradient_norms.9", larger, "train.gradient_norms"],
    ["llama-mha", "train.learning_rates.4", larger, "train.learning_rates"],
    ["llama-mha", "train.optimizer.weight_decay", () => 0, "after10.lm_head.weight"],
    ["llava-hf", "stage1.losses.9", larger, "stage1.losses"],
    ["lora", "train.losses.5", larger, "train.losses"],
    ["adamw", "norms.11", larger, "norms"],
    ["adamw", "learning_rates.6", larger, "learning_rates"],
    ["adamw", "what", (what: string) => what.replace("decay 0.1", "decay 0.2"), "p12"],
    ["llava-original-mlp", "generation.0.prompt_ids.5", more, `prompt ids: ${original}`],
    ["llava-original-mlp", "generation.0.new_ids.19", more, `answer ids: ${original}`],
    ["llava-original-mlp", "generation.0.text", twist, `answer text: ${original}`],
    ["gguf-language-model", "config.num_key_value_heads", more, "config, num_key_value_heads"],
    ["gguf-language-model", "tensor_types.Q4_1.count", more, "tensors of Q4_1"],
    ["gguf-language-model", "raw.0.input_ids.1", more, "raw 0, ids"],
    ["gguf-language-model", "raw.1.mean_nll", (nll: number) => nll * 1.001, "raw 1, mean nll"],
    ["gguf-language-model", "chat.1.prompt", twist, "chat 1, prompt"],
    ["gguf-language-model", "chat.0.top10_logits.3", (logit: number) => logit * 1.001, "chat 0, their logits"],
    ["gguf-language-model", "chat.0.greedy_ids.15", more, "chat 0, answer ids"],
    ["gguf-language-model", "chat.1.greedy_text", twist, "chat 1, answer"],
    ["image-processor", "cases.0.normalised_first.2", more, "drawn-333x217.png.224.crop, first normalised"],
    [
      "image-processor",
      "cases.0.normalised_sum",
      (sum: number) => sum * 1.01,
      "drawn-333x217.png.224.crop, mean normalised",
    ],
  ])("%s: %s", async (fixture, path, change, check) => {
    await using copy = await copyFixture(fixturePath(fixture), (golden) => {
      shorten(golden, path)
      replace(path, change as (value: never) => unknown)(golden)
    })
    expect(await failedChecks(copy.folder)).toContain(check)
  })

  it("names a kind that it does not know", async () => {
    await using copy = await copyFixture(fixturePath("sampling"), (golden) =>
      Object.assign(golden, { kind: "astrology" }),
    )
    const [row] = await runFixture(copy, testDevice)
    expect(row).toMatchObject({ status: "unknown kind", check: "astrology" })
    expect(row && rowFails(row)).toBe(true)
  })

  it.each([
    ["a broken golden.json", "golden.json", "{"],
    ["a broken golden.safetensors", "golden.safetensors", "rubbish!rubbish!"],
  ])("%s is a failed row", async (_, file, content) => {
    await using copy = await copyFixture(fixturePath("sampling"))
    await writeFile(join(copy.folder, file), content)
    expect((await failedChecks(copy.folder)).length).toBeGreaterThan(0)
  })

  it("a missing tensor is a failed row, a missing asset fails strict runs alone", async () => {
    await using without = await copyFixture(fixturePath("sampling"))
    await rm(join(without.folder, "golden.safetensors"))
    expect((await failedChecks(without.folder)).length).toBeGreaterThan(0)
    await using absent = await copyFixture(
      fixturePath("llama-mha"),
      replace("needs.model", () => "/nowhere"),
    )
    const [row] = await runFixture(absent, testDevice)
    expect(row).toMatchObject({ status: "asset absent" })
    expect(row && [rowFails(row), rowFails(row, true)]).toEqual([false, true])
  })
})
