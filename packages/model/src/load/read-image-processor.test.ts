import { expect, it } from "vitest"
import type { ModelFolder } from "./model-folder.ts"
import { readImageProcessor } from "./read-image-processor.ts"

function folder(contents: Readonly<Record<string, unknown>>): ModelFolder {
  return {
    name: "folder",
    files: Object.keys(contents),
    read: async (file) => new TextEncoder().encode(JSON.stringify(contents[file])),
    openWeights: () => Promise.reject(new Error("no weights")),
    related: async () => undefined,
  }
}

const small = { size: { shortest_edge: 42 }, crop_size: { height: 42, width: 42 }, image_mean: [0.5, 0.4, 0.3] }
const large = { size: { shortest_edge: 56 }, crop_size: { height: 56, width: 56 }, do_pad: true }

it("is taken from inside processor_config.json before preprocessor_config.json", async () => {
  const both = folder({ "processor_config.json": { image_processor: small }, "preprocessor_config.json": large })
  expect(await readImageProcessor(both)).toMatchObject({
    spec: { size: 42, mean: [0.5, 0.4, 0.3] },
    pads: false,
    file: "folder/processor_config.json",
  })
  // Before transformers 5, processor_config.json said nothing of images.
  const older = folder({ "processor_config.json": { patch_size: 14 }, "preprocessor_config.json": large })
  expect(await readImageProcessor(older)).toMatchObject({
    spec: { size: 56 },
    pads: true,
    file: "folder/preprocessor_config.json",
  })
  expect(await readImageProcessor(folder({ "processor_config.json": { patch_size: 14 } }))).toBeUndefined()
})
