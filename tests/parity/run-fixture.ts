import type { Device } from "@llava/tensor"
import type { FoundFixture } from "./find-fixtures.ts"
import { Fixture } from "./fixture.ts"
import { kinds } from "./kinds.ts"
import { Report } from "./report.ts"
import type { Row } from "./row.ts"

/** Runs all checks of one fixture. Whatever goes wrong becomes a row; nothing is thrown. */
export async function runFixture({ folder, name }: FoundFixture, device: () => Promise<Device>): Promise<Row[]> {
  const report = new Report(name)
  await report.section("fixture", async () => {
    await using fixture = await Fixture.open(folder, name)
    const check = Object.hasOwn(kinds, fixture.kind) ? kinds[fixture.kind] : undefined
    if (!check) return report.unknownKind(fixture.kind, Object.keys(kinds))
    await report.section(fixture.kind, () => check({ fixture, report, device }))
    const { unread } = fixture
    if (unread.length > 0) report.notChecked(unread)
  })
  return report.rows
}
