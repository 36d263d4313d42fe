import { createHash } from "node:crypto"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { DatasetError, parseTrainingSamples } from "@llava/core"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { withReference } from "#testing"
import { readDataset } from "./read-dataset.ts"

let folder = ""
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dataset-"))
})
afterEach(() => rm(folder, { recursive: true }))

const sample = (id: string | number, answer = "A taxi, [yellow], {new}.") => ({
  id,
  image: "00001/ä.jpg",
  conversations: [
    { from: "human", value: 'What, [then]?\n<image> \\" { \\\\' },
    { from: "gpt", value: answer },
  ],
})

async function write(name: string, text: string | Uint8Array): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

async function all(files: Parameters<typeof readDataset>[0], skipBad = false) {
  const dataset = await readDataset(files, { images: "images/", skipBad })
  const samples = await Promise.all(Array.from({ length: dataset.length }, (_, index) => dataset.sample(index)))
  return { dataset, samples }
}

describe("readDataset", () => {
  const samples = [{ ...sample("a"), model: "" }, { ...sample(2), image: ["a.jpg", "b.jpg"] }, sample("ü", "")]
  const text = { ...sample("text"), image: undefined }

  it.each([
    ["an array on one line", JSON.stringify(samples)],
    ["an indented array", JSON.stringify(samples, null, 2)],
    [
      "a byte-order mark and Windows line ends",
      `\uFEFF${JSON.stringify(samples, null, 1).replaceAll("\n", "\r\n")}\r\n`,
    ],
    ["lines", samples.map((each) => JSON.stringify(each)).join("\n")],
    ["lines with empty ones between", `\n${samples.map((each) => JSON.stringify(each)).join("\r\n \n\n")}\n\n`],
  ])("reads %s", async (_, content) => {
    const file = await write("data.json", content)
    const read = await all(file)
    expect(read.samples).toEqual(samples)
    expect(read.dataset.fingerprint).toBe(`sha256:${createHash("sha256").update(content).digest("hex")}`)
    expect(read.dataset.imagePath("b.jpg")).toBe("images/b.jpg")
  })

  it("reads several files and blobs as one, and hints at sizes", async () => {
    const array = await write("a.json", JSON.stringify([sample("a"), text]))
    const lines = new File([`${JSON.stringify(sample("b", ""))}\n`], "b.jsonl")
    const { dataset, samples } = await all([array, lines])
    expect(samples.map(({ id }) => id)).toEqual(["a", "text", "b"])
    expect([0, 1, 2].map((index) => dataset.sizeHint(index))).toEqual([10, -10, 6])
    expect(dataset.place?.(2)).toEqual({ file: "b.jsonl", line: 1 })
    expect(dataset.name).toBe(`${array}, b.jsonl`)
    const other = await all([lines, array])
    expect(other.dataset.fingerprint).not.toBe(dataset.fingerprint)
  })

  it("finds samples across the pieces it reads", async () => {
    const long = Array.from({ length: 300 }, (_, index) => sample(index, `ö${"x".repeat(20_000 + index * 97)}`))
    const read = await all(await write("long.json", JSON.stringify(long)))
    expect(read.samples).toEqual(long)
    const lines = await all(await write("long.jsonl", long.map((each) => JSON.stringify(each)).join("\n")))
    expect(lines.samples).toEqual(long)
  })

  it("names file, line and sample of one that is wrong, at once or when it is used", async () => {
    const bad = { ...sample("c"), conversations: [{ from: "bot", value: "x" }] }
    const array = JSON.stringify([sample("a"), sample("b"), bad, sample("d")], null, 2)
    const line = array.split("\n").findIndex((each) => each.includes('"c"'))
    const file = await write("bad.json", array)
    const error = { name: "DatasetError", file, line, code: "sample-invalid" }
    await expect(readDataset(file, { images: "" })).rejects.toMatchObject(error)
    await expect(readDataset(file, { images: "" })).rejects.toThrow(/Sample 2 \(id "c"\): conversations\.0\.from/)
    const dataset = await readDataset(file, { images: "", skipBad: true })
    expect([dataset.length, dataset.sizeHint(2)]).toEqual([4, 0])
    await expect(dataset.sample(2)).rejects.toMatchObject(error)
    expect((await dataset.sample(3)).id).toBe("d")
    const broken = await write("broken.jsonl", `${JSON.stringify(sample("a"))}\n\n{"id": 3,\n`)
    await expect(readDataset(broken, { images: "" })).rejects.toMatchObject({ line: 3, code: "sample-invalid" })
    const bytes = await write("latin.jsonl", Uint8Array.of(0x7b, 0x22, 0xe4, 0x22, 0x7d))
    await expect(readDataset(bytes, { images: "" })).rejects.toThrow("Sample 0: not UTF-8")
  })

  it.each([
    ["cut off", '[\n{"id": 1,\n"conv', 3, "in sample 0 that begins in line 2"],
    ["cut off between samples", `[\n${JSON.stringify(sample(1))},\n`, 3, "does not end"],
    ["with a comma too many", `[${JSON.stringify(sample(1))},\n]`, 2, "comma"],
    ["with a comma in front", `[\n,${JSON.stringify(sample(1))}]`, 2, "comma"],
    ["that goes on", `[${JSON.stringify(sample(1))}]\n{}`, 2, "goes on"],
  ])("refuses an array %s", async (_, content, line, message) => {
    const file = await write("data.json", content)
    await expect(readDataset(file, { images: "", skipBad: true })).rejects.toThrow(DatasetError)
    await expect(readDataset(file, { images: "" })).rejects.toMatchObject({ file, line, code: "file-invalid" })
    await expect(readDataset(file, { images: "" })).rejects.toThrow(message)
  })

  it("refuses files that are missing, empty, or change under it", async () => {
    const missing = readDataset(join(folder, "none.json"), { images: "" })
    await expect(missing).rejects.toMatchObject({ code: "data-missing" })
    for (const empty of ["", "[]", " [ \n] ", "\n"]) {
      const refused = readDataset(await write("empty.json", empty), { images: "" })
      await expect(refused).rejects.toMatchObject({ code: "data-empty" })
    }
    const file = await write("data.json", JSON.stringify(samples))
    const dataset = await readDataset(file, { images: "" })
    await writeFile(file, "[]")
    await expect(dataset.sample(0)).rejects.toMatchObject({ code: "data-changed" })
  })

  it("reads the published form as the reader of whole files does", async (context) => {
    const file = withReference(context, "data", "llava-pretrain-2k", "blip_laion_cc_sbu_2k.json")
    const expected = parseTrainingSamples(await readFile(file, "utf8"), file)
    expect((await all(file)).samples).toEqual(expected)
  })

  it("unpacks gzip, whatever the name, and finds the same data in it", async () => {
    const array = JSON.stringify(samples)
    const lines = samples.map((each) => `${JSON.stringify(each)}\n`)
    const plain = await all(await write("plain.jsonl", lines.join("")))
    for (const file of [
      await write("data.json.gz", gzipSync(array)),
      await write("data", gzipSync(array)),
      new Blob([Uint8Array.from(gzipSync(array))]),
      // As `cat a.gz b.gz` makes it.
      await write("data.jsonl.gz", Buffer.concat(lines.map((line) => gzipSync(line)))),
    ]) {
      expect((await all(file)).samples).toEqual(plain.samples)
    }
    const packed = await all(await write("plain.jsonl.gz", gzipSync(lines.join(""))))
    expect(packed.dataset.fingerprint).toBe(plain.dataset.fingerprint)
    expect(packed.dataset.place?.(1)).toEqual({ file: join(folder, "plain.jsonl.gz"), line: 2 })
    expect((await all([join(folder, "plain.jsonl"), join(folder, "data.json.gz")])).samples).toHaveLength(6)
  })

  it.each([
    ["cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length - 20)],
    ["damaged", (bytes: Buffer) => bytes.with(bytes.length - 6, bytes.at(-6)! ^ 1)],
    ["empty inside", () => gzipSync("")],
  ])("says that a packed file is %s", async (_, change) => {
    const file = await write("data.jsonl.gz", change(gzipSync(JSON.stringify(samples))))
    await expect(readDataset(file, { images: "" })).rejects.toMatchObject({
      code: expect.stringMatching(/^(file-invalid|data-empty)$/),
      message: expect.stringContaining(file),
    })
  })
})
