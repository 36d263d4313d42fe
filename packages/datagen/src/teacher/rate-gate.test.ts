import { describe, expect, it } from "vitest"
import { TestClock } from "../testing/test-clock.ts"
import { RateGate } from "./rate-gate.ts"

/** The most that any window of one minute holds. */
function mostPerMinute(starts: { time: number; tokens: number }[]): { requests: number; tokens: number } {
  let most = { requests: 0, tokens: 0 }
  for (const { time } of starts) {
    const within = starts.filter((start) => start.time >= time && start.time < time + 60_000)
    const tokens = within.reduce((sum, start) => sum + start.tokens, 0)
    most = { requests: Math.max(most.requests, within.length), tokens: Math.max(most.tokens, tokens) }
  }
  return most
}

describe("RateGate", () => {
  it("never lets more begin in any minute than the limits allow, and no fewer than it could", async () => {
    const clock = new TestClock()
    const gate = new RateGate({ requestsPerMinute: 10, tokensPerMinute: 2000 }, clock)
    const starts: { time: number; tokens: number }[] = []
    for (let index = 0; index < 200; index++) {
      const tokens = 50 + ((index * 37) % 300)
      await gate.enter(tokens)
      starts.push({ time: clock.now(), tokens })
      clock.pass((index * 71) % 3000)
    }
    const most = mostPerMinute(starts)
    expect(most.requests).toBeLessThanOrEqual(10)
    expect(most.tokens).toBeLessThanOrEqual(2000)
    const minutes = (starts.at(-1)!.time - starts[0]!.time) / 60_000
    expect(200 / minutes).toBeGreaterThan(8)
  })

  it("takes back tokens that were assumed and not used", async () => {
    const clock = new TestClock()
    const gate = new RateGate({ tokensPerMinute: 1000 }, clock)
    const first = await gate.enter(900)
    first.correct(100)
    await gate.enter(900)
    expect(clock.sleeps).toEqual([])
    await gate.enter(1)
    expect(clock.sleeps).toEqual([60_000])
  })

  it("lets a request larger than a minute's tokens go alone", async () => {
    const clock = new TestClock()
    const gate = new RateGate({ tokensPerMinute: 100 }, clock)
    await gate.enter(500)
    await gate.enter(500)
    expect(clock.sleeps).toEqual([60_000])
  })

  it("heeds the endpoint's headers", async () => {
    const clock = new TestClock()
    const gate = new RateGate({}, clock)
    const say = (values: Record<string, string>) =>
      gate.observe(new Headers(Object.entries(values).map(([name, value]) => [`x-ratelimit-${name}`, value])))
    say({ "remaining-requests": "1", "reset-requests": "1m12s", "limit-requests": "60" })
    await gate.enter(10)
    await gate.enter(10)
    say({ "remaining-tokens": "100", "reset-tokens": "250ms", "limit-tokens": "5000" })
    await gate.enter(100)
    await gate.enter(50)
    // A reset that is further away than a minute is tried after a minute.
    expect(clock.sleeps).toEqual([60_000, 250])
  })

  it("opens with the signal's reason when aborted", async () => {
    const gate = new RateGate({}, new TestClock())
    gate.close(1000)
    await expect(gate.enter(1, AbortSignal.abort("enough"))).rejects.toBe("enough")
  })
})
