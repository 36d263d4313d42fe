import type { Device } from "@llava/tensor"
import { type FoundFixture, findFixtures } from "./find-fixtures.ts"
import type { Row } from "./row.ts"
import { runFixture } from "./run-fixture.ts"

export interface ParityOptions {
  /** Searched for fixtures, with everything below. */
  folders: readonly string[]
  /** Called when the first check needs a GPU. */
  openDevice: () => Promise<Device>
  /** Called with the rows of each fixture as soon as it is done. */
  onFixture?: (rows: readonly Row[]) => void
}

/** Runs every fixture found in some folders, one after the other. Throws before the first where a folder holds none. */
export async function runParity({ folders, openDevice, onFixture }: ParityOptions): Promise<Row[]> {
  let opened: Promise<Device> | undefined
  const device = () => {
    opened ??= openDevice()
    return opened
  }
  const fixtures: FoundFixture[] = []
  for (const folder of folders) {
    const found = await findFixtures(folder, { named: folders.length > 1 })
    if (found.length === 0) throw new Error(`${folder} holds no fixture: there is no golden.json in it.`)
    fixtures.push(...found)
  }
  const rows: Row[] = []
  for (const fixture of fixtures) {
    const ofFixture = await runFixture(fixture, device)
    onFixture?.(ofFixture)
    rows.push(...ofFixture)
  }
  return rows
}
