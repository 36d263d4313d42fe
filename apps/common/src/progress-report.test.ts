import { expect, test } from "vitest"
import { progressLine } from "./progress-line.ts"
import { ProgressReport } from "./progress-report.ts"

const half = { label: "loading", done: 46e6, total: 92e6 }

test("a bar as wide as fits, else words", () => {
  expect(progressLine(half, 80)).toBe("loading  [###############...............]  50%  46 of 92 MB")
  expect(progressLine(half, 45)).toMatch(/^loading {2}\[#+\.+\] {2}50% {2}46 of 92 MB$/)
  for (const columns of [80, 45, 38, 30, 12]) expect(progressLine(half, columns).length).toBeLessThan(columns)
  expect(progressLine(half)).toBe("loading: 50% of 92 MB")
  expect(progressLine({ label: "x", done: 0, total: 0 })).toBe("x: 100% of 0.0 MB")
  expect(progressLine({ label: "asking", done: 3, total: 60, unit: "answers" })).toBe("asking: 5% of 60 answers")
})

function record(screen: { isTTY?: boolean; columns?: number }, dumb = false) {
  const clock = { now: 0 }
  const texts: string[] = []
  const write = (text: string) => texts.push(text)
  const report = new ProgressReport({ ...screen, write }, { dumb, now: () => clock.now })
  return { report, texts, clock }
}

test("a terminal sees one line that changes at most ten times a second and goes away", () => {
  const { report, texts, clock } = record({ isTTY: true, columns: 80 })
  for (let done = 0; done <= 1000; done++) {
    report.update({ label: "loading", done, total: 1000 })
    clock.now += 1
  }
  expect(texts.length).toBeLessThan(15)
  expect(texts.every((text) => text.startsWith("\r") && !text.includes("\n"))).toBe(true)
  expect(texts.at(-1)).toContain("100%")
  report.finish()
  expect(texts.at(-1)).toBe("\r\u001b[K")
})

test.each([
  ["a file", {}, false],
  ["a dumb terminal", { isTTY: true }, true],
])("%s gets plain lines, seldom", (_, screen, dumb) => {
  const { report, texts, clock } = record(screen, dumb)
  for (let done = 0; done <= 30; done++) {
    report.update({ label: done < 15 ? "downloading" : "loading", done, total: 30 })
    clock.now += 1000
  }
  report.finish()
  expect(texts).toHaveLength(4)
  expect(texts.every((text) => /^llava: \w+: \d+% of 0\.0 MB\n$/.test(text))).toBe(true)
})

test("opening a model is told by what is done, and to which file", () => {
  const { report, texts } = record({})
  report.opening({ stage: "download", file: "a.gguf", loadedBytes: 5e6, totalBytes: 20e6 })
  report.opening({ stage: "load", loadedBytes: 10e6, totalBytes: 20e6 })
  expect(texts).toEqual(["llava: downloading a.gguf: 25% of 20 MB\n", "llava: loading weights: 50% of 20 MB\n"])
})
