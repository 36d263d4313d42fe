import type { Device } from "@llava/tensor"
import { largestRelativeError } from "../support/largest-relative-error.ts"
import type { Row, RowStatus } from "./row.ts"
import { HARDWARE_FACTOR } from "./tolerances.ts"

/** A value, and how many kernels were dispatched to make it; undefined for values made on the CPU. */
export interface Measured<T> {
  readonly value: T
  readonly dispatches: number | undefined
}

/** Collects the rows of one fixture. */
export class Report {
  readonly rows: Row[] = []
  readonly #fixture: string

  constructor(fixture: string) {
    this.#fixture = fixture
  }

  /** Counts the kernels that `work` dispatches. */
  async measure<T>(device: Device, work: () => Promise<T>): Promise<Measured<T>> {
    const before = device.dispatches
    const value = await work()
    return { value, dispatches: device.dispatches - before }
  }

  /**
   * Floats within a tolerance, which hardware adapters get ten times. `atLeast`: what the largest expected number counts
   * as, where it is smaller.
   */
  close(
    check: string,
    { value, dispatches }: Measured<ArrayLike<number>>,
    expected: ArrayLike<number>,
    tolerance: number,
    device?: Device,
    atLeast?: number,
  ): void {
    const allowed = device && !device.profile.software ? tolerance * HARDWARE_FACTOR : tolerance
    if (value.length !== expected.length) {
      this.fail(check, `${value.length} values where ${expected.length} are expected`)
      return
    }
    const error = largestRelativeError(value, expected, atLeast)
    if (dispatches === 0) {
      this.#add({ check, error, tolerance: allowed, status: "no dispatches", dispatches })
      return
    }
    // Written so that NaN is over the tolerance too.
    const status = error <= allowed ? "ok" : "over tolerance"
    this.#add({ check, error, tolerance: allowed, status, dispatches })
  }

  /** Integers, texts or bytes that must be equal; `within` allows a difference per number (decoded JPEG). */
  equal<T extends number | string | boolean | undefined>(
    check: string,
    actual: ArrayLike<T>,
    expected: ArrayLike<T>,
    { dispatches, within = 0 }: { dispatches?: number | undefined; within?: number } = {},
  ): void {
    if (actual.length !== expected.length) {
      this.fail(check, `${actual.length} items where ${expected.length} are expected`)
      return
    }
    const { error, at } = largestDifference(actual, expected, within)
    if (error <= within) {
      const status = dispatches === 0 ? "no dispatches" : "ok"
      this.#add({ check, error, tolerance: within, status, dispatches })
      return
    }
    const detail = `item ${at} is ${shorten(actual[at])}, expected ${shorten(expected[at])}`
    this.#add({ check, error, tolerance: within, status: "over tolerance", dispatches, detail })
  }

  fail(check: string, detail: string): void {
    this.#addBare(check, "failed", detail)
  }

  unknownKind(kind: string, known: readonly string[]): void {
    this.#addBare(kind, "unknown kind", `kind "${kind}" is none of ${known.join(", ")}`)
  }

  absent(check: string, path: string): void {
    this.#addBare(check, "asset absent", path)
  }

  notChecked(tensors: readonly string[]): void {
    this.#addBare("further tensors", "not checked", tensors.join(", "))
  }

  /** Runs some checks; an error in them becomes a failed row, and the checks after them still run. */
  async section(check: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.fail(check, error instanceof Error ? error.message : String(error))
    }
  }

  #addBare(check: string, status: RowStatus, detail?: string): void {
    this.#add({
      check,
      error: undefined,
      tolerance: undefined,
      status,
      dispatches: undefined,
      ...(detail !== undefined && { detail }),
    })
  }

  #add(row: Omit<Row, "fixture">): void {
    this.rows.push({ fixture: this.#fixture, ...row })
  }
}

/** The largest difference, and the place of the first that is too large. */
function largestDifference(actual: ArrayLike<unknown>, expected: ArrayLike<unknown>, within: number) {
  let error = 0
  let first: number | undefined
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i], expected[i]]
    if (Object.is(a, b) || a === b) continue
    const apart = typeof a === "number" && typeof b === "number" ? Math.abs(a - b) : 1
    const difference = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart
    if (difference > within) first ??= i
    error = Math.max(error, difference)
  }
  return { error, at: first ?? 0 }
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? "absent"
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
