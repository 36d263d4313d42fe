import type { ContestantName } from "../contestants/contestant-names.ts"
import type { Amount } from "../plan/benchmark.ts"
import type { Work } from "../plan/work.ts"

/** One contestant in one benchmark. */
export interface Row {
  readonly contestant: ContestantName
  readonly title: string
  readonly version?: string
  readonly adapter?: string
  /** It runs elsewhere than on the adapter: no ratio is drawn from it. */
  readonly orientation: boolean
  /** `different`: it ran, but its result is not equal to @llava's, so that it was not measured. */
  readonly status: "measured" | "different" | "failed"
  /** Why it failed. */
  readonly reason?: string
  /** Of its result to @llava's; JSON has no infinity, so `null` stands for results that cannot be compared. */
  readonly difference?: number | null
  readonly milliseconds?: {
    /** With compilation. */
    readonly first: number
    readonly median: number
    readonly least: number
    readonly runs: number
  }
  /** Of the median. */
  readonly rate?: number
  /** How many times as fast as this one @llava is. */
  readonly ratio?: number
  readonly facts: Readonly<Record<string, number>>
}

export interface TargetResult {
  readonly text: string
  /** Absent where nothing could be measured. */
  readonly value?: number
  readonly met: boolean
}

export interface BenchmarkReport {
  readonly name: string
  readonly title: string
  readonly work: Work
  readonly unit: Amount["unit"]
  readonly tolerance: number
  readonly rows: readonly Row[]
  readonly targets: readonly TargetResult[]
}

/** A whole run, as `--json` writes it. */
export interface Report {
  readonly date: string
  readonly command: string
  readonly commit?: string
  readonly adapter: { readonly kind?: string; readonly name: string }
  readonly machine: {
    readonly platform: string
    readonly processor: string
    readonly cores: number
    readonly memoryBytes: number
    readonly node: string
  }
  readonly versions: Readonly<Record<string, string>>
  readonly benchmarks: readonly BenchmarkReport[]
}
