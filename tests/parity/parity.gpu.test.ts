import { expect, it } from "vitest"
import { fixturePath, testDevice, withReference } from "#testing"
import { copyFixture } from "./copy-fixture.ts"
import { findFixtures } from "./find-fixtures.ts"
import { rowFails } from "./row-fails.ts"
import { runFixture } from "./run-fixture.ts"

const fixtures = await findFixtures(fixturePath())

it("there are fixtures", () => expect(fixtures.length).toBeGreaterThan(15))

it.each(fixtures)("$name: parity holds", async (fixture) => {
  const rows = await runFixture(fixture, testDevice)
  expect(rows.filter((row) => rowFails(row) || row.status === "not checked")).toEqual([])
  expect(rows.length).toBeGreaterThan(0)
})

// What needs the photograph.
it.for(["image-processor", "llava-original-linear", "llava-original-mlp"])(
  "%s: parity holds with every picture there",
  async (name, context) => {
    const folder = withReference(context, "goldens", name)
    const rows = await runFixture({ folder, name }, testDevice)
    expect(rows.filter((row) => rowFails(row) || row.status === "asset absent")).toEqual([])
  },
)

it("smollm2: parity holds up to its first answer", async (context) => {
  const folder = withReference(context, "goldens", "smollm2")
  await using copy = await copyFixture(folder, (golden) => {
    if (Array.isArray(golden["chat"])) golden["chat"].length = 1
  })
  const rows = await runFixture(copy, testDevice)
  expect(rows.filter((row) => rowFails(row) || row.status === "asset absent")).toEqual([])
  expect(rows.map((row) => row.check)).toContain("chat 0, answer")
})
