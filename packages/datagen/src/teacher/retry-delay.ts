import type { TeacherClock } from "./teacher-clock.ts"

const first = 500
const longest = 60_000

/** Milliseconds before the next try: twice as long each time, and random, so that not all come back at once. */
export function retryDelay(attempt: number, clock: TeacherClock): number {
  return Math.min(longest, first * 2 ** attempt) * (0.5 + clock.random() / 2)
}
