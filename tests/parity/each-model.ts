import { existsSync } from "node:fs"
import type { Device } from "@llava/tensor"
import type { CheckContext } from "./kind-check.ts"

export interface ModelOfFixture {
  path: string
  /** After the name of each check: empty for the model itself, its folder for others with the same weights. */
  label: string
  device: Device
}

/** Runs the same checks with the model and with every folder that holds the same weights in another layout. */
export async function eachModel(
  { fixture, report, device }: CheckContext,
  check: (model: ModelOfFixture) => Promise<void>,
): Promise<void> {
  const { models } = fixture
  if (models.length === 0) throw new Error("golden.json names no model in `needs`")
  for (const { path, label } of models) {
    if (!existsSync(path)) {
      report.absent(`model${label}`, fixture.display(path))
      continue
    }
    await report.section(`model${label}`, async () => check({ path, label, device: await device() }))
  }
}
