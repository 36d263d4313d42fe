import { test } from "vitest"
import { killAndCompare } from "./testing/kill-and-compare.ts"

test("a run of 500 requests killed 30 times, five of them inside a write", () => killAndCompare(25, 5), 300_000)
