import type { Work } from "../plan/work.ts"
import type { Measurement, PreparedWork } from "../run/worker.ts"

export type Request =
  | { readonly type: "prepare"; readonly work: Work }
  | { readonly type: "measure"; readonly repeats: number }
  | { readonly type: "release" }

export type Reply =
  | { readonly type: "open"; readonly version: string; readonly adapter: string | undefined }
  | ({ readonly type: "prepared" } & PreparedWork)
  | ({ readonly type: "measured" } & Measurement)
  | { readonly type: "released" }
  | { readonly type: "failed"; readonly message: string }
