import { test } from "vitest"
import { killAndCompare } from "./testing/kill-and-compare.ts"

test("a run killed at moments and inside writes ends as an unbroken one", () => killAndCompare(2, 2), 120_000)
