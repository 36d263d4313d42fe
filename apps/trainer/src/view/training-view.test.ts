import type { TrainStep } from "@llava/train"
import { describe, expect, test } from "vitest"
import { duration } from "./duration.ts"
import { sparkline } from "./sparkline.ts"
import { statusLine } from "./status-line.ts"
import { TrainingView } from "./training-view.ts"

const step = (number: number): TrainStep => ({
  ...{ step: number, steps: 200, epoch: 0.5, loss: 4 / number, learningRate: 1e-3, gradientNorm: 1 },
  ...{ tokens: 100, learnedTokens: 20, tokensPerSecond: 512.4, gpuBytes: 48e6 },
})

test("the course of a loss in bars, thinned to what fits", () => {
  expect(sparkline([3, 2, 1], 10)).toBe("█▅▁")
  expect(sparkline([2, 2], 10)).toBe("▁▁")
  expect(sparkline([], 10)).toBe("")
  expect(
    [
      ...sparkline(
        Array.from({ length: 999 }, (_, index) => index),
        8,
      ),
    ].join(""),
  ).toBe("▁▂▃▄▅▆▇█")
})

test.each([
  [42.4, "42 s"],
  [200, "3 min 20 s"],
  [7500, "2 h 5 min"],
])("%d seconds are %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text)
})

test("a line never wider than the terminal", () => {
  const status = { last: step(120), losses: [3, 2, 1], secondsLeft: 200 }
  expect(statusLine(status, 120)).toBe(
    "120/200 [############........] loss 0.0333 █▅▁ 512 tokens/s 3 min 20 s left 48 MB",
  )
  for (let columns = 1; columns < 120; columns++) expect(statusLine(status, columns).length).toBeLessThan(columns)
})

describe("TrainingView", () => {
  function watch(isTTY: boolean) {
    const clock = { now: 0 }
    const texts: string[] = []
    const view = new TrainingView(
      { isTTY, columns: 100, write: (text) => texts.push(text) },
      { dumb: false, now: () => clock.now },
    )
    return { view, texts, clock }
  }

  test("draws one line over and over, with notes above it", () => {
    const { view, texts, clock } = watch(true)
    for (let number = 1; number <= 200; number++) {
      clock.now += 20
      view.step(step(number))
    }
    expect(texts.length).toBeLessThan(50)
    expect(texts.at(-1)).toMatch(/^\r200\/200 .*done 48 MB/)
    view.note("hello\u001b[2J")
    expect(texts.at(-1)?.startsWith("\r\u001b[Kllava: hello␛[2J\n200/200")).toBe(true)
    view.finish()
    expect(texts.at(-1)).toBe("\n")
  })

  test("writes a line every ten seconds, and the last, where there is no terminal", () => {
    const { view, texts, clock } = watch(false)
    for (let number = 1; number <= 200; number++) {
      clock.now += 200
      view.step(step(number))
    }
    view.finish()
    expect(texts).toHaveLength(5)
    expect(texts[0]).toBe("llava: step 1 of 200: loss 4.0000, 512 tokens/s, 40 s left, 48 MB on the GPU\n")
    expect(texts.at(-1)).toContain("step 200 of 200: loss 0.0200, 512 tokens/s, done")
  })
})
