import type { TeacherClock } from "../teacher/teacher-clock.ts"

/** A clock on which sleeping takes no real time; chance is always one half. */
export class TestClock implements TeacherClock {
  readonly sleeps: number[] = []
  beforeSleep: (() => Promise<void>) | undefined
  #now = 1_000_000

  now(): number {
    return this.#now
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    this.sleeps.push(milliseconds)
    const before = this.beforeSleep
    this.beforeSleep = undefined
    await before?.()
    this.#now += milliseconds
  }

  random(): number {
    return 0.5
  }

  /** Lets time pass. */
  pass(milliseconds: number): void {
    this.#now += milliseconds
  }
}
