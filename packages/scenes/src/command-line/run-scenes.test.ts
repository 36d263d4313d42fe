import { existsSync, readdirSync, readFileSync } from "node:fs"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseTrainingSamples } from "@llava/core"
import sharp from "sharp"
import { afterAll, beforeAll, expect, test } from "vitest"
import { drawScene } from "../drawing/draw-scene.ts"
import { makeScene } from "../scene/make-scene.ts"
import { sceneSeed } from "../scene/scene-seed.ts"
import { loadSprites } from "../sprite/load-sprites.ts"
import { findWorld } from "../world/find-world.ts"
import { runScenes } from "./run-scenes.ts"
import type { Surroundings } from "./surroundings.ts"

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scenes-"))
})
afterAll(() => rm(folder, { recursive: true }))

async function run(words: string, { signal = new AbortController().signal, onProgress }: RunOptions = {}) {
  let printed = ""
  let notes = ""
  const surroundings: Surroundings = {
    env: { XDG_CACHE_HOME: join(folder, "cache") },
    stdout: {
      write(text) {
        printed += text
      },
    },
    stderr: {
      isTTY: onProgress !== undefined,
      write(text) {
        if (text.startsWith("\r")) onProgress?.()
        else notes += text
      },
    },
    signal,
  }
  const exitCode = await runScenes(words.split(" "), surroundings)
  return { exitCode, printed: printed.trimEnd().split("\n"), notes }
}

interface RunOptions {
  signal?: AbortSignal
  /** Called when a line of progress is written. */
  onProgress?: () => void
}

const read = (path: string) => JSON.parse(readFileSync(path, "utf8"))

test("make writes pictures and files that agree with the scenes, the same bytes each time", async () => {
  const [first, second] = [join(folder, "first"), join(folder, "second")]
  const made = await run(`make --world small --count 40 --seed 7 --split test --threads 2 --out ${first}`)
  expect(made.exitCode).toBe(0)
  expect(made.printed.every((path) => existsSync(path))).toBe(true)
  await run(`make --world small --count 40 --seed 7 --split test --threads 1 --out ${second}`)
  const files = readdirSync(first, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files).toHaveLength(40 + 7)
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name)
    expect(readFileSync(path.replace(first, second)).equals(readFileSync(path)), name).toBe(true)
  }

  const world = findWorld("small")
  const sprites = await loadSprites(world, { cacheFolder: join(folder, "cache", "llava-scenes") })
  const instances = read(join(first, "instances_test.json"))
  const captions = read(join(first, "captions_test.json"))
  expect(captions.annotations).toHaveLength(40 * 5)
  for (const [index, image] of instances.images.entries()) {
    const scene = makeScene(world, sceneSeed({ split: "test", run: 7, index }))
    const drawn = drawScene(scene, sprites)
    const decoded = await sharp(join(first, "images", image.file_name))
      .raw()
      .toBuffer()
    expect(new Uint8Array(decoded)).toEqual(drawn.image.data)
    const own = instances.annotations.filter(({ image_id }: { image_id: number }) => image_id === image.id)
    expect(own.map(({ bbox }: { bbox: number[] }) => bbox)).toEqual(drawn.boxes)
  }
  for (const stage of ["stage1", "stage2"]) {
    const file = join(first, `llava_${stage}_test.json`)
    const samples = parseTrainingSamples(readFileSync(file, "utf8"), file)
    expect(samples.length).toBeGreaterThanOrEqual(40)
    expect(samples.every(({ conversations }) => conversations[0]!.value.includes("<image>"))).toBe(true)
  }
})

test("judge counts the answers that are right", async () => {
  const out = join(folder, "judged")
  await run(`make --world small --count 10 --split validation --threads 1 --questions 6 --out ${out}`)
  const questions = readFileSync(join(out, "questions_validation.jsonl"), "utf8").trim().split("\n")
  const answers = questions.map((line, index) => {
    const { question_id, answer } = JSON.parse(line)
    return JSON.stringify({ question_id, text: index < 6 ? "I like trains." : answer })
  })
  const file = join(out, "answers.jsonl")
  await writeFile(file, answers.slice(0, -4).join("\n"))
  const { printed, exitCode } = await run(
    `judge --world small --questions ${join(out, "questions_validation.jsonl")} --answers ${file}`,
  )
  expect(exitCode).toBe(0)
  const right = questions.length - 10
  expect(printed.at(-1)).toMatch(new RegExp(`^all +${((100 * right) / questions.length).toFixed(1)} %  ${right} of`))
})

test("sheet draws scenes into one picture", async () => {
  const file = join(folder, "sheet.png")
  await run(`sheet --world small --count 6 --columns 3 --scale 2 --out ${file}`)
  expect(await sharp(file).metadata()).toMatchObject({ width: 3 * 146 - 2, height: 2 * 146 - 2 })
})

test("a world may come from a JSON file, begun from one that worlds prints", async () => {
  const { printed } = await run("worlds small")
  const own = { ...JSON.parse(printed.join("\n")), name: "own", kinds: ["cat", "dog"], settings: ["sea"], heldOut: 0 }
  const file = join(folder, "own.json")
  await writeFile(file, JSON.stringify(own))
  expect(await run(`make --world ${file} --count 3 --threads 1 --out ${join(folder, "own")}`)).toMatchObject({
    exitCode: 0,
  })
  await writeFile(file, JSON.stringify({ ...own, kinds: ["cat", "griffin"] }))
  const { exitCode, notes } = await run(`make --world ${file} --count 3 --out ${join(folder, "own-2")}`)
  expect(exitCode).toBe(1)
  expect(notes).toContain('own.json: kinds.1: no such kind of object: "griffin".')
})

test.each([
  ["make --world tiny --count 3 --out x", 'There is no world "tiny". Take one of: small, medium, large.'],
  ["make --world none.json --count 3 --out x", "none.json cannot be read as JSON."],
  ["make --count 0 --out x", "It has to be a whole number of at least 1."],
  ["make --count 3 --split tests --out x", "Allowed choices are train, validation, test, unseen."],
  ["make --count 3 --seed 1048576 --out x", "It has to be a whole number from 0 to 1048575."],
  ["make --count 3", "required option '--out <folder>' not specified"],
])("%s is refused", async (words, message) => {
  const { exitCode, notes } = await run(words.replace(/x$/, join(folder, "refused")))
  expect(exitCode).toBe(1)
  expect(notes).toContain(message)
})

test("a folder that holds other data of the split is left alone", async () => {
  const out = join(folder, "kept")
  await run(`make --count 3 --threads 1 --out ${out}`)
  const before = readFileSync(join(out, "captions_train.json"), "utf8")
  const { exitCode, notes } = await run(`make --count 3 --seed 2 --threads 1 --out ${out}`)
  expect(exitCode).toBe(1)
  expect(notes).toContain("manifest_train.json tells of data made with other settings.")
  expect(readFileSync(join(out, "captions_train.json"), "utf8")).toBe(before)
  expect(await run(`make --count 3 --split test --threads 1 --out ${out}`)).toMatchObject({ exitCode: 0 })
})

test("Ctrl-C ends the making without half-written files", async () => {
  const out = join(folder, "interrupted")
  await mkdir(out)
  const controller = new AbortController()
  const { exitCode, notes } = await run(`make --count 2000 --threads 1 --out ${out}`, {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("Interrupted.")),
  })
  expect(exitCode).toBe(130)
  expect(notes).toContain("Interrupted")
  expect(readdirSync(out)).toEqual(["images"])
  const pictures = readdirSync(join(out, "images"))
  expect(pictures.length).toBeLessThan(2000)
  expect(pictures.every((name) => name.endsWith(".png"))).toBe(true)
})
