import { createHash } from "node:crypto"
import { AppError } from "@llava/app-common"
import { type Problem, parseProblems } from "@llava/eval"
import { readText } from "@llava/eval-app"
import type { Selection } from "../data/read-selection.ts"

export interface ShotOptions {
  shots: number
  shotIds?: string[] | undefined
  shotsFrom?: string | undefined
  shotsSplit: string
  seed: number
}

/**
 * Solved problems to show before each: those that are named, or as many as asked for, drawn by the seed among problems
 * of the split that have no picture and are not asked themselves. Errors: AppError "shots-missing".
 */
export async function chooseShots(
  { all, splits, problems }: Pick<Selection, "all" | "splits" | "problems">,
  { shots, shotIds, shotsFrom, shotsSplit, seed }: ShotOptions,
): Promise<Map<string, Problem>> {
  if (shots === 0 && shotIds === undefined) return new Map()
  const from = shotsFrom === undefined ? all : parseProblems(await readText(shotsFrom), shotsFrom)
  if (shotIds !== undefined) {
    const unknown = shotIds.filter((id) => !from.has(id) || problems.has(id))
    if (unknown.length > 0) throw missing(`--shot-ids ${unknown.join(" ")} are not there, or asked themselves.`)
    return new Map(shotIds.map((id) => [id, from.get(id)!]))
  }
  const pool = (splits[shotsSplit] ?? []).filter((id) => from.get(id)?.image === "" && !problems.has(id))
  if (pool.length < shots) {
    throw missing(`${shots} problems are to be shown; the split ${shotsSplit} has ${pool.length} that can be.`)
  }
  const rank = (id: string) => createHash("sha256").update(`${seed} ${id}`).digest("hex")
  const drawn = pool.map((id) => ({ id, rank: rank(id) })).sort((a, b) => (a.rank < b.rank ? -1 : 1))
  return new Map(drawn.slice(0, shots).map(({ id }) => [id, from.get(id)!]))
}

function missing(message: string): AppError {
  return new AppError(message, { code: "shots-missing", fix: "--shots-from names a file with solved problems." })
}
