import { loadEncoder, loadLlava, loadParts, ModelError } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { afterEach, describe, expect, it } from "vitest"
import { evaluate, expectClose, fixturePath, testDevice } from "#testing"
import { defaultParts } from "../default-parts.ts"
import { Golden } from "../testing/golden.ts"
import { llavaLogits } from "../testing/llava-logits.ts"

const device = await testDevice()
const tolerance = device.profile.software ? 1 : 10
const loaded: Disposable[] = []
const load = async (...path: string[]) => {
  const parts = await loadParts(fixturePath(...path), { parts: defaultParts, device, dtype: "f32" })
  for (const part of [parts.encoder, parts.projector, parts.languageModel]) if (part) loaded.push(part)
  return parts
}

afterEach(() => {
  for (const module of loaded.splice(0)) module[Symbol.dispose]()
})

describe("loading models of other implementations", () => {
  it.each([
    ["llava-hf", "model"],
    ["llava-hf", "model-hub-layout"],
    ["llava-hf-multilayer-full", "model"],
  ])("gives the logits of Hugging Face's LLaVA: %s/%s", async (name, folder) => {
    await using golden = await Golden.open(name)
    const { encoder, projector, languageModel, manifest } = await load(name, folder)
    const parts = { ...manifest.image!, encoder: encoder!, projector: projector! }
    const { features, logits, expected } = await llavaLogits(device, golden, parts, languageModel)
    expectClose(features, await golden.floats("image_features"), 1e-5 * tolerance)
    expectClose(logits, expected, 2e-5 * tolerance)
  })

  it.each(["llava-original-mlp", "llava-original-linear"])(
    "gives the features of the original's layout: %s",
    async (name) => {
      await using golden = await Golden.open(name)
      const { encoder, projector, languageModel, manifest, imageSpec } = await load(name, "model")
      expect(imageSpec?.size).toBe(56)
      expect(manifest).toMatchObject({ layout: "original", image: { imageAspectRatio: "pad" } })
      const pixels = await golden.floats("pixel_values")
      const { selectLayers, selectFeature } = manifest.image!
      const features = await evaluate(device, () =>
        projector!.project(
          encoder!.encode(Tensor.from(device, pixels, golden.shape("pixel_values")), {
            layers: selectLayers,
            feature: selectFeature,
          }),
        ),
      )
      expectClose(features, await golden.floats("image_features"), 1e-5 * tolerance)
      expect(languageModel.vocabSize).toBe(32000)
    },
  )

  it.each([
    ["llama-mha", "model"],
    ["llama-gqa-tied", "model"],
    ["llama-gqa-tied", "model-bf16"],
    ["llama-scaled-bias", "model"],
    ["llama-yarn", "model"],
  ])("gives the logits of a language model: %s/%s", async (name, folder) => {
    await using golden = await Golden.open(name)
    const { languageModel, encoder } = await load(name, folder)
    expect(encoder).toBeUndefined()
    const ids = (await golden.rows("input_ids", "attention_mask"))[0]!
    const logits = await evaluate(device, () =>
      languageModel.logits(
        languageModel.forward(languageModel.embed(Tensor.from(device, Int32Array.from(ids), [1, ids.length]))),
      ),
    )
    expectClose(logits, (await golden.floats("logits")).subarray(0, logits.length), 2e-5 * tolerance)
  })

  it("keeps bfloat16 files as f16, close to the same numbers", async () => {
    const parts = await loadParts(fixturePath("llama-gqa-tied", "model-bf16"), { parts: defaultParts, device })
    loaded.push(parts.languageModel)
    const formats = [...parts.languageModel.namedParameters()].map(([, { value }]) =>
      value instanceof Tensor ? value.dtype : value.format,
    )
    expect(new Set(formats)).toEqual(new Set(["f32", "f16"]))
  })

  it.each([
    ["clip-vision", "model"],
    ["clip", "model"],
    ["clip", "model-torch-bin"],
  ])("loads an image encoder alone: %s/%s", async (name, folder) => {
    const { encoder } = await loadEncoder(fixturePath(name, folder), { parts: defaultParts, device, dtype: "f32" })
    loaded.push(encoder)
    expect([...encoder.namedParameters()].every(([, parameter]) => parameter.loaded)).toBe(true)
  })

  it("says that a folder has no tokenizer before it reads weights", async () => {
    const buffers = device.memory.liveBuffers
    const opening = loadLlava(fixturePath("llama-mha", "model"), { parts: defaultParts, device, template: "plain" })
    await expect(opening).rejects.toThrow(expect.objectContaining({ code: "no-tokenizer" }))
    expect(device.memory.liveBuffers).toBe(buffers)
  })

  it("lists the templates where none is stated", async () => {
    const opening = loadLlava(fixturePath("llava-original-mlp", "model"), { parts: defaultParts, device })
    await expect(opening).rejects.toThrow(ModelError)
    await expect(opening).rejects.toThrow(/vicuna_v1/)
  })
})
