import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs"
import { openCheckpoint, writeSafetensors } from "@llava/checkpoint"
import { type Llava, saveLlava } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { describe, expect, it } from "vitest"
import { byteTokenizer, evaluate, expectClose, fixturePath, randomValues, testDevice, withReference } from "#testing"
import { Golden } from "../testing/golden.ts"
import { inTemporaryFolder } from "../testing/in-temporary-folder.ts"
import { openModel } from "./open-model.ts"

const device = await testDevice()
const tolerance = device.profile.software ? 1 : 10
const tokenizer = byteTokenizer()
const plain = { device, tokenizer, template: "plain" } as const
const readConfig = (folder: string) => JSON.parse(readFileSync(`${folder}/config.json`, "utf8"))

async function describeTensors(folder: string) {
  await using checkpoint = await openCheckpoint(folder)
  const entries = [...checkpoint.tensors.values()].map(async ({ name, dtype, shape, read }) => {
    const bytes = Buffer.from(await read())
    return [name, { dtype, shape, bytes: bytes.toString("base64") }] as const
  })
  return Object.fromEntries((await Promise.all(entries)).sort(([a], [b]) => (a < b ? -1 : 1)))
}

describe("saving a model", () => {
  it.each([
    ["llava-hf", "model"],
    ["llava-hf", "model-hub-layout"],
    ["llava-hf-multilayer-full", "model"],
    ["llama-mha", "model"],
    ["llama-gqa-tied", "model"],
    ["llama-gqa-tied", "model-bf16"],
  ])("keeps names, shapes, dtypes, values and config: %s/%s", async (...path) => {
    const source = fixturePath(...path)
    await inTemporaryFolder(async (folder) => {
      await using model = await openModel(source, plain)
      await saveLlava(model, `${folder}/saved`)
      expect(await describeTensors(`${folder}/saved`)).toEqual(await describeTensors(source))
      const { llava, ...config } = readConfig(`${folder}/saved`)
      expect(config).toEqual(readConfig(source))
      expect(llava).toMatchObject({ version: 1, template: "plain" })
      if (existsSync(`${source}/generation_config.json`)) {
        expect(readFileSync(`${folder}/saved/generation_config.json`)).toEqual(
          readFileSync(`${source}/generation_config.json`),
        )
      }
    })
  })

  it.each(["llava-original-mlp", "llava-original-linear"])("writes %s in Hugging Face's layout", async (name) => {
    await inTemporaryFolder(async (folder) => {
      const template = "vicuna_v1"
      await using model = await openModel(fixturePath(name, "model"), { device, template, dtype: "f32" })
      await saveLlava(model, folder, { maxShardBytes: 2 ** 20 })
      const files = readdirSync(folder)
      expect(files).toContain("tokenizer.model")
      expect(files).toContain("preprocessor_config.json")
      expect(files.filter((file) => /^model-\d{5}-of-\d{5}\.safetensors$/.test(file)).length).toBeGreaterThan(1)
      expect(readConfig(folder)).toMatchObject({
        model_type: "llava",
        text_config: { model_type: "llama", hidden_size: 24 },
        vision_config: { model_type: "clip_vision_model", hidden_size: 32 },
        llava: { template, imageAspectRatio: "pad" },
      })
      expect(readConfig(folder).text_config).not.toHaveProperty("mm_vision_tower")
      // transformers' projector has two layers; the second one of a linear projector changes nothing.
      const isLinear = name.endsWith("linear")
      expect(readConfig(folder)).toMatchObject({ projector_hidden_act: isLinear ? "linear" : "gelu" })
      const tensors = await describeTensors(folder)
      expect(tensors).toHaveProperty(["multi_modal_projector.linear_2.weight", "shape"], [24, 24])
      expect(tensors).toHaveProperty(["multi_modal_projector.linear_2.bias", "shape"], [24])

      await using again = await openModel(folder, { device, dtype: "f32" })
      expect(again.options).toMatchObject({ imageAspectRatio: "pad", selectLayers: [-2], maxLength: 512 })
      const messages = [
        {
          role: "user",
          content: [
            { type: "image", image: fixturePath("image-processor", "images", "drawn-333x217.png") },
            { type: "text", text: "What is in this image?" },
          ],
        },
      ] as const
      const answer = (opened: typeof model) =>
        opened.generate({ messages, maxNewTokens: 6, ignoreEndOfSequence: true }).result
      expect((await answer(again)).tokenIds).toEqual((await answer(model)).tokenIds)
      await using golden = await Golden.open(name)
      const pixels = await golden.floats("pixel_values")
      const features = await evaluate(device, () =>
        again.encodeImages(Tensor.from(device, pixels, golden.shape("pixel_values"))),
      )
      expectClose(features, await golden.floats("image_features"), 1e-5 * tolerance)
    })
  })

  it("a linear projector comes back as one layer, unless transformers trained the second one", async () => {
    await inTemporaryFolder(async (folder) => {
      const projectorOf = (model: Llava) => Array.from(model.projector!.namedParameters(), ([path]) => path)
      const [first, second] = [`${folder}/first`, `${folder}/second`]
      {
        const settings = { device, template: "vicuna_v1", dtype: "f32" } as const
        await using model = await openModel(fixturePath("llava-original-linear", "model"), settings)
        await saveLlava(model, first)
      }
      {
        await using again = await openModel(first, { device, dtype: "f32" })
        expect(projectorOf(again)).toEqual(["linear_1.weight", "linear_1.bias"])
        await saveLlava(again, second)
      }
      expect(readConfig(second)).toEqual(readConfig(first))
      expect(await describeTensors(second)).toEqual(await describeTensors(first))

      const file = `${second}/model.safetensors`
      const trained = "multi_modal_projector.linear_2.weight"
      {
        await using saved = await openCheckpoint(file)
        const tensors = await Promise.all(
          Array.from(saved.tensors.values(), async (tensor) => {
            const bytes = Uint8Array.from(await tensor.read())
            if (tensor.name === trained) new DataView(bytes.buffer).setFloat32(4, 0.25, true)
            return { ...tensor, bytes }
          }),
        )
        await writeSafetensors(file, tensors)
      }
      await using changed = await openModel(second, { device, dtype: "f32" })
      expect(projectorOf(changed)).toHaveLength(4)
      await saveLlava(changed, `${folder}/third`)
      expect(readConfig(`${folder}/third`)).toMatchObject({ projector_hidden_act: "linear" })
      await using third = await openModel(`${folder}/third`, { device, dtype: "f32" })
      expect(projectorOf(third)).toHaveLength(4)
      using features = Tensor.from(device, randomValues(2 * 32, 3), [1, 2, 32])
      const project = (model: Llava) => evaluate(device, () => model.projector!.project(features))
      expect(await project(third)).toEqual(await project(changed))
      await using linear = await openModel(first, { device, dtype: "f32" })
      expect(await project(changed)).not.toEqual(await project(linear))
    })
  })

  it("can change the dtype, and overwrites an older save", async () => {
    await inTemporaryFolder(async (folder) => {
      await using model = await openModel(fixturePath("llava-hf", "model"), plain)
      await saveLlava(model, folder, { maxShardBytes: 100_000 })
      await saveLlava(model, folder, { dtype: "F16" })
      expect(readdirSync(folder).filter((file) => file.startsWith("model"))).toEqual(["model.safetensors"])
      const dtypes = Object.values(await describeTensors(folder)).map(({ dtype }) => dtype)
      expect(new Set(dtypes)).toEqual(new Set(["F16"]))
      expect(readConfig(folder).dtype).toBe("float16")
    })
  })

  it("writes a GGUF model in Hugging Face's layout", async (context) => {
    const source = withReference(context, "models", "smollm2-135m-instruct")
    await inTemporaryFolder(async (folder) => {
      await using model = await openModel(source, { device })
      const { totalBytes } = await saveLlava(model, folder)
      expect(totalBytes).toBeGreaterThan(260e6)
      const { tokenizer: ggufTokenizer, template } = model
      await using again = await openModel(folder, { device, tokenizer: ggufTokenizer, template })
      const messages = [{ role: "user", content: "What is the capital of France?" }] as const
      expect((await again.generate({ messages, maxNewTokens: 10 }).result).text).toContain("Paris")
    })
  })

  it("leaves no model behind when aborted", async () => {
    await inTemporaryFolder(async (folder) => {
      await using model = await openModel(fixturePath("llava-hf", "model"), plain)
      const controller = new AbortController()
      const saving = saveLlava(model, folder, {
        signal: controller.signal,
        onProgress: () => controller.abort(new Error("enough")),
      })
      await expect(saving).rejects.toThrow("enough")
      expect(readdirSync(folder)).toEqual([])
      copyFileSync(fixturePath("llava-hf", "model", "config.json"), `${folder}/config.json`)
      await expect(openModel(folder, plain)).rejects.toThrow(expect.objectContaining({ code: "checkpoint-missing" }))
    })
  })
})
