import { setTimeout as sleep } from "node:timers/promises"
import type { TestServer } from "./start-server.ts"

/** So many answers wait for their turn. */
export async function untilQueued(server: TestServer, count: number): Promise<void> {
  for (;;) {
    const response = await fetch(`${server.url}/metrics`, { headers: { authorization: "Bearer a" } })
    if ((await response.text()).includes(`llava_answers_queued{model="m"} ${count}\n`)) return
    await sleep(5)
  }
}
