import type { Work } from "../plan/work.ts"

/** The library has no way to do the work. */
export function unsupported(library: string, work: Work): never {
  const what = work.kind === "matmul" ? `${work.kind} ${work.format}` : work.kind
  throw new Error(`${library} has no ${what}`)
}
