// What a run costs beside the teacher: plan, prompts, journal, checks, data and manifest, with a teacher that answers at
// once. Prints one JSON line. Run: node --conditions=@llava/source tests/bench/src/datagen/bookkeeping.ts [requests]
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { generateData, type Kind, readContexts, readKinds, type Teacher, type TeacherMessage } from "@llava/datagen"

const requests = Number(process.argv[2] ?? 20_000)
const folder = mkdtempSync(join(tmpdir(), "datagen-bench-"))

/** Every eighth reply has a mistake, so rejecting and asking again are part of the work. */
function replyTo(messages: readonly TeacherMessage[], seed: number): string {
  const captions = messages.at(-1)!.content.split("\n")
  if (seed % 8 === 0) return "I'm sorry, I cannot see the picture."
  const turn = (at: number) => `Question:\nWhat about ${captions[at]} ${seed}?\n===\nAnswer:\n${captions[at]}\n===\n`
  const system = messages[0]!.content
  if (system.includes("describes photos")) return captions.slice(0, 5).join(" ")
  return system.includes("one question") ? turn(0) : [0, 1, 2, 3].map(turn).join("")
}

function instantTeacher(): Teacher {
  const spending = { requests: 0, promptTokens: 0, completionTokens: 0 }
  return {
    identity: { model: "instant" },
    concurrency: 16,
    spending,
    async ask(messages, { seed }) {
      spending.requests++
      return {
        text: replyTo(messages, seed),
        finishReason: "stop",
        usage: { promptTokens: 900, completionTokens: 200 },
      }
    },
    async [Symbol.asyncDispose]() {},
  }
}

const kinds: Kind[] = await readKinds(["conversation", "detail", "complex"])
const read = await readContexts({
  path: join(import.meta.dirname, "../../../../packages/datagen/examples/contexts.jsonl"),
})
const images = Array.from({ length: requests }, (_, at) => ({
  ...read.contexts[at % read.contexts.length]!,
  id: `image-${at}`,
  image: `${at}.jpg`,
}))
const started = performance.now()
const cpu = process.cpuUsage()
const { usage } = await generateData({
  contexts: { ...read, contexts: images },
  kinds,
  teacher: instantTeacher(),
  out: join(folder, "out"),
})
const seconds = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(cpu)
rmSync(folder, { recursive: true })
console.log(
  JSON.stringify({
    requests: usage.requests,
    seconds: Number(seconds.toFixed(2)),
    cpuSeconds: Number(((user + system) / 1e6).toFixed(2)),
    requestsPerMinute: Math.round((usage.requests / seconds) * 60),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)
