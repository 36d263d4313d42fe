import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { writeSafetensors } from "@llava/checkpoint"
import { preprocessImage } from "@llava/core"
import { ImageDomain, loadLlava, saveLlava, summarizeImages, writeImageDomain } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { expect, it } from "vitest"
import { evaluate, expectClose, testDevice } from "#testing"
import { inTemporaryFolder } from "./in-temporary-folder.ts"
import { openGolden, otherPicture, parts, picture } from "./open-golden.ts"

const device = await testDevice()

it("a summary is the class token and the mean of the patches", async () => {
  await using model = await openGolden()
  const encoder = model.encoder!
  const [first, second] = await summarizeImages(model, [otherPicture, picture])
  const { size } = encoder.image
  const aspect = model.options.imageAspectRatio ?? "square"
  const values = await preprocessImage(picture, model.options.imageSpec ?? encoder.image, aspect)
  using pixels = Tensor.from(device, values, [1, 3, size, size])
  const layers = model.options.selectLayers ?? [-2]
  const tokens = await evaluate(device, () => encoder.encode(pixels, { layers, feature: "cls_patch" }))
  const features = encoder.featureSize
  const count = tokens.length / features
  const expected = Array.from({ length: 2 * features }, (_, i) => {
    if (i < features) return tokens[i]!
    let sum = 0
    for (let token = 1; token < count; token++) sum += tokens[token * features + (i - features)]!
    return sum / (count - 1)
  })
  expectClose(second!, expected, 1e-5)
  expect(first).not.toEqual(second)
})

it("a folder says which pictures its model knows", async () => {
  await inTemporaryFolder(async (folder) => {
    {
      await using model = await openGolden()
      await saveLlava(model, folder)
    }
    const open = () => loadLlava(folder, { parts, template: "v1", device })
    {
      await using model = await open()
      expect(await model.imageDistance(picture)).toBeUndefined()
      const [mean] = await summarizeImages(model, [picture])
      const size = mean!.length
      // The identity: distances are Euclidean.
      const precision = Float32Array.from({ length: size ** 2 }, (_, i) => (i % (size + 1) === 0 ? 1 : 0))
      const parts = { description: "one drawing", mean: Float32Array.from(mean!), precision, limit: 1e-3 }
      await writeImageDomain(folder, new ImageDomain(parts))
    }
    {
      await using model = await open()
      expect(model.options.imageDomain?.description).toBe("one drawing")
      expect(await model.imageDistance(picture)).toBeLessThanOrEqual(1)
      expect(await model.imageDistance(otherPicture)).toBeGreaterThan(1)
      await saveLlava(model, join(folder, "saved"))
      expect(await readdir(join(folder, "saved"))).not.toContain("image_domain.safetensors")
    }
    await writeSafetensors(join(folder, "image_domain.safetensors"), [
      { name: "mean", dtype: "F32", shape: [3], bytes: new Uint8Array(12) },
    ])
    await expect(open()).rejects.toMatchObject({ code: "image-domain-invalid" })
  })
})
