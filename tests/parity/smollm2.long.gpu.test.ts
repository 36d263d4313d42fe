import { expect, it } from "vitest"
import { testDevice, withReference } from "#testing"
import { rowFails } from "./row-fails.ts"
import { runFixture } from "./run-fixture.ts"

it("smollm2: parity holds, all of its answers to the letter", async (context) => {
  const folder = withReference(context, "goldens", "smollm2")
  const rows = await runFixture({ folder, name: "smollm2" }, testDevice)
  expect(rows.filter((row) => rowFails(row) || row.status === "asset absent")).toEqual([])
  expect(rows.filter((row) => row.check.endsWith(", answer")).length).toBeGreaterThan(1)
})
