import { writeFile } from "node:fs/promises"
import { openCheckpoint } from "@llava/checkpoint"
import { saveLlava } from "@llava/model"
import { expect, it } from "vitest"
import { byteTokenizer, fixturePath, testDevice } from "#testing"
import { inTemporaryFolder } from "../testing/in-temporary-folder.ts"
import { composeModel } from "./compose-model.ts"

const device = await testDevice()
const shape = { hidden_size: 96, intermediate_size: 192, num_hidden_layers: 3, num_attention_heads: 3 }
const config = { ...shape, image_size: 64, patch_size: 16 }

async function savedEncoder(folder: string, name: string, seed: number): Promise<Map<string, Float32Array>> {
  const encoder = `${folder}/${name}.json`
  await writeFile(encoder, JSON.stringify(name === "both" ? { model_type: "clip", vision_config: config } : config))
  const languageModel = fixturePath("llama-mha", "model")
  await using model = await composeModel({
    ...{ encoder, languageModel, seed, device },
    ...{ tokenizer: byteTokenizer(), template: "plain" },
  })
  expect(model.tokensPerImage).toBe(16)
  await saveLlava(model, `${folder}/${name}`)
  await using checkpoint = await openCheckpoint(`${folder}/${name}`)
  const values = new Map<string, Float32Array>()
  for (const [path, tensor] of checkpoint.tensors) {
    const found = /^vision_tower\.vision_model\.(.*)/.exec(path)?.[1]
    if (found) values.set(found, new Float32Array((await tensor.read()).slice().buffer))
  }
  return values
}

const deviation = (values: Float32Array) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)

it("a new encoder has the shape of its config, begins as CLIP does, and is the same for the same seed", async () => {
  await inTemporaryFolder(async (folder) => {
    const weights = await savedEncoder(folder, "one", 3)
    const expected = {
      "embeddings.patch_embedding.weight": 0.02,
      "embeddings.position_embedding.weight": 0.02,
      "embeddings.class_embedding": 96 ** -0.5,
      "encoder.layers.0.self_attn.q_proj.weight": (2 * 3 * 96) ** -0.5,
      "encoder.layers.2.self_attn.out_proj.weight": 96 ** -0.5,
      "encoder.layers.1.mlp.fc1.weight": (2 * 96) ** -0.5,
      "encoder.layers.1.mlp.fc2.weight": (2 * 3 * 96) ** -0.5,
    }
    for (const [path, wanted] of Object.entries(expected)) {
      expect(deviation(weights.get(path)!) / wanted, path).toBeCloseTo(1, path.endsWith("class_embedding") ? 0 : 1)
    }
    expect(weights.get("encoder.layers.0.mlp.fc1.bias")).toEqual(new Float32Array(192))
    expect(weights.get("pre_layrnorm.weight")).toEqual(new Float32Array(96).fill(1))
    expect(await savedEncoder(folder, "both", 3)).toEqual(weights)
    const other = await savedEncoder(folder, "other", 4)
    expect(other.get("embeddings.class_embedding")).not.toEqual(weights.get("embeddings.class_embedding"))
  })
})

it("a config that is none is named", async () => {
  await inTemporaryFolder(async (folder) => {
    const compose = async (text: string) => {
      await writeFile(`${folder}/shape.json`, text)
      const languageModel = fixturePath("llama-mha", "model")
      const tokenizer = byteTokenizer()
      return composeModel({ encoder: `${folder}/shape.json`, languageModel, tokenizer, template: "plain", device })
    }
    const { liveBuffers } = device.memory
    const fails = (code: string, message: RegExp) =>
      expect.objectContaining({ code, message: expect.stringMatching(message) })
    await expect(compose("{ oops")).rejects.toThrow(fails("json-invalid", /shape\.json/))
    await expect(compose("[1]")).rejects.toThrow(fails("json-invalid", /no object/))
    await expect(compose('{ "hidden_size": "big" }')).rejects.toThrow(fails("config-invalid", /hidden_size/))
    await expect(compose('{ "model_type": "eagle" }')).rejects.toThrow(fails("unknown-model-type", /eagle/))
    expect(device.memory.liveBuffers).toBe(liveBuffers)
  })
})
