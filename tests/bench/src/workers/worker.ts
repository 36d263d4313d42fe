import { argv, exit } from "node:process"
import type { Prepared } from "../contestants/contestant.ts"
import { type ContestantName, contestants } from "../contestants/contestant-names.ts"
import type { Reply, Request } from "./messages.ts"

/** The process of one contestant: opens it, then does what it is asked, one request at a time. */
const contestant = await contestants[argv[2] as ContestantName].open().catch(async (error: unknown) => {
  await reply({ type: "failed", message: messageOf(error) })
  exit(1)
})
let prepared: Prepared | undefined

process.on("message", async (request: Request) => {
  try {
    await reply(await answer(request))
  } catch (error) {
    await reply({ type: "failed", message: messageOf(error) })
  }
})
process.on("disconnect", () => exit(0))
await reply({
  type: "open",
  version: contestant.version,
  adapter: "adapter" in contestant ? contestant.adapter : undefined,
})

async function answer(request: Request): Promise<Reply> {
  switch (request.type) {
    case "prepare": {
      prepared = await contestant.prepare(request.work)
      const start = performance.now()
      await prepared.run()
      const second = performance.now()
      const output = await prepared.run()
      const milliseconds = [second - start, performance.now() - second] as const
      return { type: "prepared", output, milliseconds, facts: prepared.facts?.() ?? {} }
    }
    case "measure": {
      const milliseconds: number[] = []
      for (let repeat = 0; repeat < request.repeats; repeat++) {
        const start = performance.now()
        await prepared!.run()
        milliseconds.push(performance.now() - start)
        await prepared!.measureBeside?.()
      }
      return { type: "measured", milliseconds, facts: prepared!.facts?.() ?? {} }
    }
    case "release":
      await prepared?.[Symbol.asyncDispose]()
      prepared = undefined
      return { type: "released" }
  }
}

/** Resolves once the message has left, so that a process may end after it. */
function reply(message: Reply): Promise<void> {
  return new Promise((resolve) => process.send!(message, () => resolve()))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
