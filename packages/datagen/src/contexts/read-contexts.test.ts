import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import { withReference } from "#testing"
import { readContexts } from "./read-contexts.ts"

const folder = mkdtempSync(join(tmpdir(), "contexts-"))

function write(name: string, content: unknown): string {
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  const isText = typeof content === "string" || content instanceof Uint8Array
  writeFileSync(file, isText ? content : JSON.stringify(content))
  return file
}

const images = [
  { id: 9, file_name: "000000000009.jpg", width: 640, height: 480, license: 3 },
  { id: 25, file_name: "000000000025.jpg", width: 200, height: 100 },
  { id: 30, file_name: "000000000030.jpg", width: 200, height: 100 },
]
const captions = {
  info: { description: "[{ not the array }]" },
  images,
  licenses: [],
  annotations: [
    { image_id: 25, id: 1, caption: "A giraffe \n eats. " },
    { image_id: 9, id: 2, caption: "Food in boxes." },
    { image_id: 9, id: 3, caption: " " },
    { image_id: 77, id: 4, caption: "Nobody knows." },
  ],
}
const box = (image_id: number, bbox: unknown, more = {}) => ({
  id: 1,
  image_id,
  category_id: 51,
  bbox,
  iscrowd: 0,
  segmentation: [[1, 2, 3, 4]],
  ...more,
})
const instances = {
  annotations: [
    box(9, [64, 48, 128, 240]),
    box(9, [0, 0, 320, 240], { iscrowd: 1, segmentation: { counts: [1, 2], size: [480, 640] } }),
    box(9, [10, 10, 0, 20]),
    box(25, [-20, 50, 120, 80]),
    box(25, [0, 0, 200.1, 100.1]),
    box(25, [10, 10, 10]),
    box(25, [190, 90, 5, 5], { category_id: 99 }),
    box(78, [1, 1, 5, 5]),
  ],
  categories: [{ id: 51, name: "bowl", supercategory: "kitchen" }],
  images,
}

describe("COCO", () => {
  test("captions and boxes, normalised, with everything left out counted", async () => {
    const path = write("captions_val.json", captions)
    const file = write("instances_val.json", instances)
    const { contexts, counts, hashes } = await readContexts({ path, instances: file })
    expect(contexts).toEqual([
      {
        id: "000000000009",
        image: "000000000009.jpg",
        captions: ["Food in boxes."],
        instances: [{ category: "bowl", bbox: [0.1, 0.1, 0.3, 0.6] }],
      },
      {
        id: "000000000025",
        image: "000000000025.jpg",
        captions: ["A giraffe eats."],
        instances: [
          { category: "bowl", bbox: [0, 0.5, 0.5, 1] },
          { category: "bowl", bbox: [0, 0, 1, 1] },
        ],
      },
    ])
    expect(counts).toEqual({
      images: 2,
      captions: 2,
      boxes: 3,
      crowdBoxes: 1,
      emptyBoxes: 1,
      clippedBoxes: 1,
      invalidBoxes: 1,
      emptyCaptions: 1,
      captionsWithoutImage: 1,
      boxesWithoutImage: 1,
      boxesWithoutCategory: 1,
      imagesWithoutCaption: 1,
    })
    expect(Object.keys(hashes)).toEqual([path, file])
    const { annotations, ...others } = captions
    const early = await readContexts({ path: write("early.json", { annotations, ...others }), instances: file })
    expect(early.contexts).toEqual(contexts)
  })

  test("without boxes the descriptions have none", async () => {
    const { contexts } = await readContexts({ path: write("captions_val.json", captions) })
    expect(contexts[0]).not.toHaveProperty("instances")
  })

  test.each<[string, unknown, unknown, RegExp]>([
    [
      "instances of another split",
      captions,
      { ...instances, annotations: [box(500, [1, 1, 5, 5])] },
      /None of its 1 boxes belongs to an image/,
    ],
    ["instances in place of captions", instances, instances, /A caption does not fit \(caption: .*captions_\*\.json/],
    ["a file that is cut off", JSON.stringify(captions).slice(0, -40), instances, /not JSON, or is cut off/],
    ["no images", { info: {}, annotations: [] }, instances, /lists no images/],
  ])("says what is wrong: %s", async (_, one, other, message) => {
    const reading = readContexts({ path: write("c.json", one), instances: write("i.json", other) })
    await expect(reading).rejects.toThrow(message)
  })
})

describe("lines", () => {
  const line = (id: unknown, more = {}) => ({ id, image: `${id}.jpg`, captions: ["A dog."], ...more })

  test("as JSONL and as an array, boxes clipped and rounded", async () => {
    const lines = [line("a", { instances: [{ category: "dog", bbox: [0.12345, 0.2, 1.4, 0.9] }] }), line(7)]
    const path = write("lines.jsonl", `\uFEFF${lines.map((each) => JSON.stringify(each)).join("\r\n\n")}`)
    const { contexts, counts } = await readContexts({ path })
    expect(contexts).toEqual([
      { ...lines[0], instances: [{ category: "dog", bbox: [0.123, 0.2, 1, 0.9] }] },
      { ...lines[1], id: "7" },
    ])
    expect(counts.clippedBoxes).toBe(1)
    expect((await readContexts({ path: write("lines.json", lines) })).contexts).toEqual(contexts)
  })

  test.each<[string, string | Uint8Array, RegExp]>([
    ["no JSON", `${JSON.stringify(line(1))}\nnope`, /lines\.jsonl:2: The line is not JSON/],
    [
      "a box of three",
      JSON.stringify(line(1, { instances: [{ category: "a", bbox: [1, 2, 3] }] })),
      /:1: instances\.0\.bbox/,
    ],
    [
      "an id twice",
      [line(1), line(2), line("1")].map((each) => JSON.stringify(each)).join("\n"),
      /:3: The id "1" is that of line 1/,
    ],
    [
      "no UTF-8",
      Buffer.from([...Buffer.from(`${JSON.stringify(line(1))}\n{"id": "`), 0xc3, 0x28]),
      /:2: The bytes are not UTF-8/,
    ],
    ["nothing", "", /describes no image/],
    ["no captions", JSON.stringify({ ...line(1), captions: [] }), /images without a caption: 1/],
  ])("says what is wrong: %s", async (_, text, message) => {
    await expect(readContexts({ path: write("lines.jsonl", text) })).rejects.toThrow(message)
  })

  test("instances beside lines have no use", async () => {
    const reading = readContexts({ path: write("lines.jsonl", line(1)), instances: "instances.json" })
    await expect(reading).rejects.toThrow(/is no COCO captions file/)
  })

  test("the published contexts", async (context) => {
    const path = withReference(context, "data/coco-boxes/caps_boxes_171.jsonl")
    const { contexts, counts } = await readContexts({ path })
    expect(contexts).toHaveLength(171)
    expect(counts).toMatchObject({ images: 171, captions: 856, invalidBoxes: 0 })
  })
})

test("a folder of images with sidecar files", async () => {
  const path = join(folder, "images")
  write("images/b.PNG", "")
  write("images/b.txt", "A cat.\r\n\nA gray cat.\n")
  write("images/a/c.jpg", "")
  write("images/a/c.json", { captions: "A bus.", instances: [{ category: "bus", bbox: [0, 0, 0.5, 0.5] }] })
  write("images/none.jpg", "")
  write("images/notes.txt", "no image of this name")
  const { contexts, counts, hashes } = await readContexts({ path })
  expect(contexts).toEqual([
    { id: "a/c", image: "a/c.jpg", captions: ["A bus."], instances: [{ category: "bus", bbox: [0, 0, 0.5, 0.5] }] },
    { id: "b", image: "b.PNG", captions: ["A cat.", "A gray cat."] },
  ])
  expect(counts.imagesWithoutCaption).toBe(1)
  write("images/b.jpg", "")
  await expect(readContexts({ path })).rejects.toThrow(/b\.PNG and b\.jpg of .* have one id, "b"/)
  rmSync(join(path, "b.jpg"))
  write("images/b.txt", "A dog.")
  expect((await readContexts({ path })).hashes).not.toEqual(hashes)
  write("images/a/c.json", "{")
  await expect(readContexts({ path })).rejects.toThrow(/c\.json: The file is not JSON/)
})

test("a path that is not there", async () => {
  await expect(readContexts({ path: join(folder, "nowhere") })).rejects.toThrow(/there is no such file or folder/)
})
