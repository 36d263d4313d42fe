import { readFileSync } from "node:fs"
import { PackedMatrix, Tensor } from "@llava/tensor"
import { describe, expect, it } from "vitest"
import { byteTokenizer, evaluate, expectClose, fixturePath, testDevice, withReference } from "#testing"
import {
  type LanguageSizes,
  type MmprojOptions,
  type VisionSizes,
  writeLanguageGguf,
  writeMmproj,
} from "../testing/gguf-files.ts"
import { Golden } from "../testing/golden.ts"
import { inTemporaryFolder } from "../testing/in-temporary-folder.ts"
import { llavaLogits } from "../testing/llava-logits.ts"
import { openModel } from "./open-model.ts"

const device = await testDevice()
const tolerance = device.profile.software ? 1 : 10
const tokenizer = byteTokenizer()
const asInFile = { device, tokenizer, template: "plain", dtype: "f32" } as const

const model = fixturePath("llava-hf", "model")
const config = JSON.parse(readFileSync(fixturePath("llava-hf", "model", "config.json"), "utf8")) as {
  text_config: LanguageSizes
  vision_config: VisionSizes & { num_hidden_layers: number }
}
const layers = config.vision_config.num_hidden_layers

async function writeBoth(folder: string, options: MmprojOptions): Promise<{ language: string; mmproj: string }> {
  const [language, mmproj] = [`${folder}/language.gguf`, `${folder}/mmproj-model.gguf`]
  await writeLanguageGguf(language, model, config.text_config)
  await writeMmproj(mmproj, [model], config.vision_config, options)
  return { language, mmproj }
}

describe("a LLaVA in llama.cpp's two files", () => {
  const layouts: [string, MmprojOptions][] = [
    ["without the layer LLaVA does not use, names of the MLP exchanged", { blocks: layers - 1, exchanged: true }],
    ["without the layer LLaVA does not use, names of the MLP right", { blocks: layers - 1 }],
    ["with the whole tower", { blocks: layers, postNorm: true }],
    ["with the layer stated", { blocks: layers, featureLayers: [layers - 1] }],
  ]
  it.each(layouts)("gives the logits of the same model in Hugging Face's layout: %s", async (_, options) => {
    await inTemporaryFolder(async (folder) => {
      const { language, mmproj } = await writeBoth(folder, options)
      await using golden = await Golden.open("llava-hf")
      await using opened = await openModel(language, { ...asInFile, mmproj })
      const { encoder, projector, options: settings } = opened
      expect(settings.imageAspectRatio).toBe("pad")
      const parts = {
        encoder: encoder!,
        projector: projector!,
        selectLayers: settings.selectLayers!,
        selectFeature: settings.selectFeature ?? "patch",
      }
      const { features, logits, expected } = await llavaLogits(device, golden, parts, opened.languageModel)
      expectClose(features, await golden.floats("image_features"), 1e-5 * tolerance)
      expectClose(logits, expected, 2e-5 * tolerance)
    })
  })

  it("is found in a folder that holds both", async () => {
    await inTemporaryFolder(async (folder) => {
      await writeBoth(folder, { blocks: layers - 1 })
      await using opened = await openModel(folder, asInFile)
      expect(opened.tokensPerImage).toBe(16)
    })
  })

  it.each([
    ["mm.weight", (name: string) => `mm.${name}`],
    ["mm.0.weight", (name: string) => `mm.0.${name}`],
  ])("may have a linear projector, named %s", async (_, projectorName) => {
    await inTemporaryFolder(async (folder) => {
      const [language, mmproj] = [`${folder}/language.gguf`, `${folder}/mmproj.gguf`]
      const read = (part: string) =>
        JSON.parse(readFileSync(fixturePath("llava-original-linear", part, "config.json"), "utf8"))
      const source = fixturePath("llava-original-linear", "model")
      await writeLanguageGguf(language, source, read("model"))
      const vision = read("vision-tower")
      const tower = fixturePath("llava-original-linear", "vision-tower")
      await writeMmproj(mmproj, [tower, source], vision, { blocks: vision.num_hidden_layers - 1, projectorName })
      await using golden = await Golden.open("llava-original-linear")
      await using opened = await openModel(language, { ...asInFile, mmproj })
      const pixels = await golden.floats("pixel_values")
      const features = await evaluate(device, () =>
        opened.encodeImages(Tensor.from(device, pixels, golden.shape("pixel_values"))),
      )
      expectClose(features, await golden.floats("image_features"), 1e-5 * tolerance)
    })
  })

  it("must fit each other and be known", async () => {
    await inTemporaryFolder(async (folder) => {
      const { language, mmproj } = await writeBoth(folder, { blocks: layers - 1 })
      const buffers = device.memory.liveBuffers
      const otherLanguage = `${folder}/other.gguf`
      await writeLanguageGguf(otherLanguage, fixturePath("llava-original-mlp", "model"), {
        ...config.text_config,
        hidden_size: 24,
        intermediate_size: 56,
        num_hidden_layers: 2,
        num_attention_heads: 4,
        num_key_value_heads: 4,
        vocab_size: 32000,
      })
      await expect(openModel(otherLanguage, { ...asInFile, mmproj })).rejects.toThrow(
        expect.objectContaining({ code: "mmproj-mismatch", message: expect.stringMatching(/48 .*24/) }),
      )
      const falcon = `${folder}/falcon.gguf`
      await writeLanguageGguf(falcon, model, config.text_config, "falcon")
      await expect(openModel(falcon, asInFile)).rejects.toThrow(
        expect.objectContaining({ code: "unknown-model-type", message: expect.stringMatching(/'falcon'.*llama/) }),
      )
      await expect(openModel(mmproj, asInFile)).rejects.toThrow(expect.objectContaining({ code: "unknown-model-type" }))
      await expect(openModel(language, { ...asInFile, mmproj: language })).rejects.toThrow(
        expect.objectContaining({ code: "unknown-model-type" }),
      )
      const odd = `${folder}/odd.gguf`
      await writeMmproj(odd, [model], config.vision_config, { blocks: layers - 1, projectorType: "ldp" })
      await expect(openModel(language, { ...asInFile, mmproj: odd })).rejects.toThrow(
        expect.objectContaining({ code: "unknown-model-type", message: expect.stringMatching(/'ldp'/) }),
      )
      expect(device.memory.liveBuffers).toBe(buffers)
    })
  })
})

describe("SmolLM2 in a GGUF file", () => {
  it("keeps its quantised matrices and answers", async (context) => {
    const folder = withReference(context, "models", "smollm2-135m-instruct")
    await using opened = await openModel(folder, { device })
    const formats = new Map<string, number>()
    for (const [, { value }] of opened.languageModel.namedParameters()) {
      const format = value instanceof PackedMatrix ? value.format : value.dtype
      formats.set(format, (formats.get(format) ?? 0) + 1)
    }
    expect(formats.get("q4_1")).toBeGreaterThan(150)
    expect(formats.has("f16")).toBe(false)
    const messages = [{ role: "user", content: "What is the capital of France?" }] as const
    const { text } = await opened.generate({ messages, maxNewTokens: 12 }).result
    expect(text).toBe("The capital of France is Paris.")
  })
})
