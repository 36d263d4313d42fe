import { TeacherError } from "./teacher-error.ts"

/** An endpoint that wants a longer pause stops the run, which is continued later. */
export const longestPause = 15 * 60_000

/** The error after the last try, or where the endpoint wants to be left alone for `wait` milliseconds. */
export function unreachable(
  reason: string,
  details: { attempts: number; wait: number; scope: "request" | "run"; cause: unknown },
): TeacherError {
  const { attempts, wait, scope, cause } = details
  const pause = wait > longestPause ? ` It wants a pause of ${Math.round(wait / 60_000)} minutes.` : ""
  return new TeacherError(
    `No answer after ${attempts} ${attempts === 1 ? "request" : "requests"}: ${reason}.${pause}`,
    {
      code: "teacher-unreachable",
      scope,
      fix: "Start the run again later: what was answered is kept.",
      cause,
    },
  )
}
