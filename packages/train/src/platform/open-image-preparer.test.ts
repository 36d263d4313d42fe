import { execFile } from "node:child_process"
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { type ImageSpec, preprocessImage } from "@llava/core"
import { expect, it } from "vitest"
import { fixturePath } from "#testing"
import { openImagePreparer } from "./open-image-preparer.node.ts"

const spec: ImageSpec = { size: 56, mean: [0.5, 0.4, 0.3], std: [0.2, 0.3, 0.4], resample: "bicubic" }
const folder = fixturePath("image-processor/images")

it("prepares pictures in threads, with the same result", async () => {
  await using preparer = openImagePreparer()
  const files = (await readdir(folder)).slice(0, 12).map((name) => join(folder, name))
  const prepared = await Promise.all(files.map((file) => preparer.prepare(file, spec, "pad")))
  for (const [index, file] of files.entries()) {
    expect(prepared[index]).toEqual(await preprocessImage(file, spec, "pad"))
  }
})

it("tells what is wrong with a picture, and goes on", async () => {
  const own = await mkdtemp(join(tmpdir(), "pictures-"))
  try {
    await writeFile(join(own, "bad.png"), "no picture")
    await using preparer = openImagePreparer()
    const missing = preparer.prepare(join(own, "none.png"), spec, "square")
    const bad = preparer.prepare(join(own, "bad.png"), spec, "square")
    await expect(missing).rejects.toMatchObject({ name: "ImageError", code: "image-not-found" })
    await expect(bad).rejects.toMatchObject({ name: "ImageError", code: "image-unsupported" })
    const file = join(folder, (await readdir(folder))[0]!)
    expect(await preparer.prepare(file, spec, "square")).toHaveLength(3 * 56 * 56)
  } finally {
    await rm(own, { recursive: true })
  }
})

it("ends at once, with what is still being prepared", async () => {
  const file = join(folder, (await readdir(folder))[0]!)
  const preparer = openImagePreparer()
  const pending = Promise.allSettled(Array.from({ length: 8 }, () => preparer.prepare(file, spec, "square")))
  await preparer[Symbol.asyncDispose]()
  for (const each of await pending) {
    expect(each).toMatchObject({ status: "rejected", reason: { code: "preparer-closed" } })
  }
  await expect(preparer.prepare(file, spec, "square")).rejects.toMatchObject({ code: "preparer-closed" })
})

it("ends although a picture comes while it is closed, in a process that does nothing else", async () => {
  const file = join(folder, (await readdir(folder))[0]!)
  const program = `
    import { openImagePreparer } from ${JSON.stringify(new URL("open-image-preparer.node.ts", import.meta.url).href)}
    const preparer = openImagePreparer()
    const [file, spec] = ${JSON.stringify([file, spec])}
    await preparer.prepare(file, spec, "square")
    const pending = preparer.prepare(file, spec, "square").catch(() => undefined)
    // The picture is ready before this thread looks up again.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000)
    await preparer[Symbol.asyncDispose]()
    await pending
    console.log("ended")`
  const node = ["--conditions=@llava/source", "--input-type=module", "--eval", program]
  const { stdout } = await promisify(execFile)(process.execPath, node)
  expect(stdout).toBe("ended\n")
}, 60_000)
