import { existsSync, readFileSync } from "node:fs"
import { readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { fileSource, openSafetensors } from "@llava/checkpoint"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { runChat } from "./chat-process.ts"
import { runTrainer, startTrainer } from "./train-process.ts"
import { makeTrainingFolder } from "./training-folder.ts"

const STEPS = 14
const MINUTES = 60_000

let folder = ""
let parts: string[] = []
let data: string[] = []
beforeAll(async () => {
  const made = await makeTrainingFolder()
  ;({ folder, parts, data } = made)
})
afterAll(() => rm(folder, { recursive: true }))

const settings = {
  batchSize: 2,
  steps: STEPS,
  checkpointEvery: 3,
  validateEvery: 5,
  generateEvery: 7,
  learningRate: 0.01,
}
const alignment = (output: string) => [
  ...["--recipe", "stage1", ...parts, ...data, "--validation", join(folder, "captions.jsonl")],
  ...Object.entries(settings).flatMap(([key, value]) => ["--set", `${key}=${value}`]),
  ...["--output", join(folder, output)],
]

const lines = (output: string, name: string): Record<string, unknown>[] => {
  const file = join(folder, output, `${name}.jsonl`)
  const text = existsSync(file) ? readFileSync(file, "utf8") : ""
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}
/** Without what depends on the clock. */
const metrics = (output: string) => lines(output, "metrics").map(({ tokensPerSecond: _, ...line }) => line)

/** Starts a run and sends it a signal once so many steps are on record. */
async function interrupt(args: readonly string[], output: string, steps: number, signal: NodeJS.Signals) {
  const { child, ended } = startTrainer(args)
  while (child.exitCode === null && lines(output, "metrics").length < steps) await pause(5)
  child.kill(signal)
  return ended
}

describe("a new model, aligned", () => {
  test("trains the projector, and leaves records, report and a model that answers", {
    timeout: 3 * MINUTES,
  }, async () => {
    const run = await runTrainer(alignment("whole"))
    expect(run).toMatchObject({ code: 0 })
    const recorded = lines("whole", "metrics")
    expect(recorded.map(({ step }) => step)).toEqual(Array.from({ length: STEPS }, (_, index) => index + 1))
    const keys = ["step", "loss", "lr", "gradNorm", "tokens", "learnedTokens", "tokensPerSecond", "gpuBytes"]
    for (const line of recorded) expect(Object.keys(line)).toEqual(keys)
    const losses = lines("whole", "validation").map(({ loss }) => loss as number)
    expect(losses).toHaveLength(3)
    expect(losses[2]).toBeLessThan(losses[0]!)
    expect(lines("whole", "answers").map(({ step }) => step)).toEqual([7, 14])

    await using projector = await openSafetensors(await fileSource(join(folder, "whole/mm_projector.safetensors")))
    expect([...projector.tensors.keys()].sort()).toEqual(
      ["0.bias", "0.weight", "2.bias", "2.weight"].map((name) => `model.mm_projector.${name}`),
    )
    const report = await readFile(join(folder, "whole/report.html"), "utf8")
    expect(report.match(/<svg/g)).toHaveLength(5)
    expect(report).toContain('src="data:image/png;base64,')
    expect(report).not.toMatch(/https?:\/\//)

    const image = fixturePath("image-processor/images/drawn-333x217.png")
    const model = join(folder, "whole/model")
    const chat = await runChat([
      "--model",
      model,
      "--image",
      image,
      "--prompt",
      "What?",
      "--max-new-tokens",
      "5",
      "--json",
    ])
    expect(chat).toMatchObject({ code: 0 })
    expect(JSON.parse(chat.stdout)).toMatchObject({ tokens: { image: 16 } })
  })

  test("stopped and killed, it goes on as if nothing had been", { timeout: 5 * MINUTES }, async () => {
    const stopped = await interrupt(alignment("broken"), "broken", 2, "SIGINT")
    expect(stopped).toMatchObject({ code: 130 })
    const last = lines("broken", "metrics").length
    expect(last).toBeLessThan(STEPS)
    expect(stopped.messages.at(-1)).toContain(`stopped after step ${last}, which is saved`)
    expect(existsSync(join(folder, `broken/checkpoints/step-${last}/checkpoint.safetensors`))).toBe(true)

    const killed = await interrupt(alignment("broken"), "broken", last + 2, "SIGKILL")
    expect(killed).toMatchObject({ code: null, signal: "SIGKILL" })
    expect(await runTrainer(alignment("broken"))).toMatchObject({ code: 0 })
    expect(metrics("broken")).toEqual(metrics("whole"))
    for (const name of ["validation", "answers"]) expect(lines("broken", name)).toEqual(lines("whole", name))
    for (const file of ["model/model.safetensors", "mm_projector.safetensors"]) {
      const [broken, whole] = await Promise.all(["broken", "whole"].map((run) => readFile(join(folder, run, file))))
      expect(broken!.equals(whole!), file).toBe(true)
    }
  })

  test("is tuned with LoRA on conversations, killed or not", { timeout: 4 * MINUTES }, async () => {
    const tuning = (output: string) => [
      ...["--recipe", "stage2-v1.5-lora", "--model", join(folder, "whole/model"), ...data],
      ...[
        "template=null",
        "batchSize=4",
        "microBatchSize=2",
        "steps=8",
        "checkpointEvery=3",
        "learningRate=0.01",
      ].flatMap((setting) => ["--set", setting]),
      ...["--set", "lora.rank=4", "--set", "lora.dropout=0.3", "--output", join(folder, output)],
    ]
    expect(await runTrainer(tuning("tuned"))).toMatchObject({ code: 0 })
    const losses = lines("tuned", "metrics").map(({ loss }) => loss as number)
    expect(losses).toHaveLength(8)
    expect(losses[7]).toBeLessThan(losses[0]!)
    await interrupt(tuning("tuned-broken"), "tuned-broken", 4, "SIGKILL")
    expect(await runTrainer(tuning("tuned-broken"))).toMatchObject({ code: 0 })
    expect(metrics("tuned-broken")).toEqual(metrics("tuned"))
    for (const file of ["model/model.safetensors", "adapter/adapter_model.safetensors"]) {
      const [broken, whole] = await Promise.all(
        ["tuned-broken", "tuned"].map((run) => readFile(join(folder, run, file))),
      )
      expect(broken!.equals(whole!), file).toBe(true)
    }
    await using tuned = await openSafetensors(await fileSource(join(folder, "tuned/model/model.safetensors")))
    await using before = await openSafetensors(await fileSource(join(folder, "whole/model/model.safetensors")))
    const weights = async (name: string) => {
      const [after, first] = await Promise.all([tuned, before].map(async ({ tensors }) => tensors.get(name)!.read()))
      return Buffer.from(after!).equals(Buffer.from(first!)) ? "as before" : "trained"
    }
    const layer = "layers.0.self_attn.q_proj.weight"
    expect(await weights(`language_model.model.${layer}`)).toBe("trained")
    expect(await weights("multi_modal_projector.linear_1.weight")).toBe("trained")
    expect(await weights(`vision_tower.vision_model.encoder.${layer}`)).toBe("as before")
  })

  test("as the first LLaVA: two tokens around pictures are new, and their embeddings learn", {
    timeout: 3 * MINUTES,
  }, async () => {
    const run = await runTrainer([
      ...["--recipe", "stage1-v0", ...parts, "--image-start-end", ...data, "--output", join(folder, "first")],
      ...["template=null", "batchSize=2", "steps=3", "learningRate=0.01"].flatMap((key) => ["--set", key]),
    ])
    expect(run).toMatchObject({ code: 0 })
    const model = join(folder, "first/model")
    const tokenizer = JSON.parse(await readFile(join(model, "tokenizer.json"), "utf8"))
    expect(tokenizer.added_tokens.slice(-2)).toMatchObject([
      { id: 96, content: "<im_start>", special: true },
      { id: 97, content: "<im_end>", special: true },
    ])
    const table = async (file: string, name: string) => {
      await using weights = await openSafetensors(await fileSource(join(folder, file)))
      return new Float32Array(Uint8Array.from(await weights.tensors.get(name)!.read()).buffer)
    }
    const before = await table("language-model/model.safetensors", "model.embed_tokens.weight")
    const after = await table("first/model/model.safetensors", "language_model.model.embed_tokens.weight")
    const width = 48
    const rows = Array.from({ length: before.length / width }, (_, row) => row * width)
    const changed = rows.filter((at) => before.subarray(at, at + width).some((value, i) => after[at + i] !== value))
    expect(changed.map((at) => at / width)).toEqual([96, 97])
    expect(after.subarray(96 * width, 97 * width)).not.toEqual(after.subarray(97 * width, 98 * width))
    const image = fixturePath("image-processor/images/drawn-333x217.png")
    const asked = ["--model", model, "--image", image, "--prompt", "What?", "--max-new-tokens", "3", "--json"]
    expect(await runChat(asked)).toMatchObject({ code: 0 })
  })

  test("refuses the folder of another run, and what it finds wrong", { timeout: 2 * MINUTES }, async () => {
    const other = await runTrainer([...alignment("whole"), "--set", "learningRate=0.5"])
    expect(other).toMatchObject({ code: 1 })
    expect(other.messages.at(-1)).toContain("recipe.learningRate was 0.01, is now 0.5")
    const bad = join(folder, "bad.json")
    const conversations = [
      { from: "human", value: "<image>" },
      { from: "gpt", value: "x" },
    ]
    await writeFile(bad, JSON.stringify([{ id: 5, image: "missing.png", conversations }]))
    const dry = await runTrainer([...alignment("other"), "--data", bad, "--dry-run"])
    expect(dry).toMatchObject({ code: 1, stdout: expect.stringContaining("Sample 5") })
    const memory = /peak of a step\s+[\d.,]+ MB/
    expect(dry.stdout).not.toMatch(memory)
    for (const look of ["--dry-run", "--estimate-memory"]) {
      expect(await runTrainer([...alignment("other"), look])).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(memory),
      })
    }
    expect(existsSync(join(folder, "other"))).toBe(false)
  })
})
