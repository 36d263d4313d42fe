import { expect, it } from "vitest"
import { parseDuration } from "./parse-duration.ts"

const now = Date.parse("2024-05-01T12:00:00Z")

it.each([
  ["6m0s", 360_000],
  ["20ms", 20],
  ["1.5s", 1500],
  ["1h2m3s", 3_723_000],
  ["2m59.56s", 179_560],
  ["7", 7000],
  ["0.25", 250],
  ["Wed, 01 May 2024 12:00:30 GMT", 30_000],
  ["Wed, 01 May 2024 11:00:00 GMT", 0],
  ["soon", undefined],
  ["", undefined],
  [null, undefined],
])("reads %j", (text, milliseconds) => {
  expect(parseDuration(text, now)).toBe(milliseconds)
})
