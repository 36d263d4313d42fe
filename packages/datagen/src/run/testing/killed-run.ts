// A run in a process of its own, to be killed. Arguments: output folder, images, file that notes every question asked, and
// the number of the journal's write inside which the process kills itself (0: never).
import { appendFileSync, writeSync } from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import { Journal } from "../../journal/journal.ts"
import { readKinds } from "../../kinds/read-kinds.ts"
import { generateData } from "../generate-data.ts"
import { drawnContexts } from "./drawn-contexts.ts"
import { FixedTeacher } from "./fixed-teacher.ts"

const [out = "", images = "", asked = "", killAt = "0"] = process.argv.slice(2)
let writes = 0

function appendOrDie(descriptor: number, bytes: Uint8Array): void {
  writes++
  if (writes === Number(killAt)) {
    // Some bytes of the line are in the file, the others never will be.
    writeSync(descriptor, bytes.subarray(0, 1 + ((writes * 37) % (bytes.length - 1))))
    process.kill(process.pid, "SIGKILL")
  }
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
}

const teacher = new FixedTeacher({
  concurrency: 4,
  onAsk: async (key) => {
    await pause(1)
    appendFileSync(asked, `${key}\n`)
  },
})
await generateData({
  contexts: drawnContexts(Number(images)),
  kinds: await readKinds(["conversation", "detail", "complex"]),
  teacher,
  out,
  samplesPerImage: 2,
  seed: 5,
  journal: (file) => new Journal(file, appendOrDie),
})
