import type { Device } from "@llava/tensor"
import type { Fixture } from "./fixture.ts"
import type { Report } from "./report.ts"

export interface CheckContext {
  readonly fixture: Fixture
  readonly report: Report
  /** The GPU, opened when the first check asks for it. */
  device(): Promise<Device>
}

/** All checks of one kind of fixture. */
export type KindCheck = (context: CheckContext) => Promise<void>
