import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { AppError } from "@llava/app-common"
import { type Problem, parseProblems, parseSplits, type Splits, selectProblems } from "@llava/eval"
import { readText } from "@llava/eval-app"
import { ImageFolder } from "./image-folder.ts"
import { listSome } from "./list-some.ts"
import { readCaptions } from "./read-captions.ts"
import type { SelectionOptions } from "./selection-options.ts"

/** The problems that a command is about. */
export interface Selection {
  problems: Map<string, Problem>
  /** Problems of the split that are left out because the options say so. */
  leftOut: ReadonlySet<string>
  /** Every problem of the file, of other splits too. */
  all: ReadonlyMap<string, Problem>
  splits: Splits
  /** Whether an id belongs to a problem of any split. */
  known: (id: string) => boolean
  images: ImageFolder
  /** Files that the figures depend on. */
  files: { problems: string; splits: string }
  /** Changes with the problems that are meant, however many of them are taken. */
  fingerprint: string
  /** What was left out because the options say so. */
  notes: string[]
}

/**
 * Reads the problems that the options name. A picture that is missing is an error for a command that shows it to a model.
 * Errors: AppError "image-missing", "selection-empty"; EvaluationError of problems, splits and captions.
 */
export async function readSelection(options: SelectionOptions, showsImages: boolean): Promise<Selection> {
  const files = {
    problems: options.problems ?? defaultProblems(options.data),
    splits: options.splits ?? join(options.data, "pid_splits.json"),
  }
  const images = new ImageFolder(options.images ?? join(options.data, "images"))
  const read = parseProblems(await readText(files.problems), files.problems)
  const all = options.captions === undefined ? read : await readCaptions(options.captions, read)
  const splits = parseSplits(await readText(files.splits), files.splits)
  const notes: string[] = []
  const { split } = options
  const present = splits[split]?.filter((id) => all.has(id))
  const absent = (splits[split]?.length ?? 0) - (present?.length ?? 0)
  const used = options.skipAbsent === true && present !== undefined ? { ...splits, [split]: present } : splits
  if (used !== splits && absent > 0) notes.push(`${files.problems}: ${absent} problems of ${split} are not in it.`)
  let chosen = [...selectProblems(all, used, split, files)]
  if (options.pictured === true) chosen = chosen.filter(([id]) => images.folder(id) !== undefined)
  const missing = chosen.filter(([id, problem]) => problem.image !== "" && images.file(id, problem) === undefined)
  if (missing.length > 0 && options.skipMissingImages === true) {
    const without = new Set(missing.map(([id]) => id))
    chosen = chosen.filter(([id]) => !without.has(id))
    notes.push(`${without.size} problems are left out, whose pictures are not in ${images.root}.`)
  } else if (missing.length > 0 && showsImages) throw imagesMissing(missing, images)
  const fingerprint = createHash("sha256").update(JSON.stringify(chosen)).digest("hex")
  if (options.limit !== undefined) chosen = chosen.slice(0, options.limit)
  if (chosen.length === 0) {
    const fix = "Check --images and --problems, or leave --pictured, --skip-absent or --skip-missing-images out."
    throw new AppError(`No problem of the split ${split} is left.`, { code: "selection-empty", fix })
  }
  const problems = new Map(chosen)
  const leftOut = new Set((splits[split] ?? []).filter((id) => !problems.has(id)))
  const ids = new Set([...all.keys(), ...Object.values(splits).flat()])
  return { problems, leftOut, all, splits, known: (id) => ids.has(id), images, files, fingerprint, notes }
}

function defaultProblems(folder: string): string {
  const names = ["problems.json", "problems_test.json"].map((name) => join(folder, name))
  return names.find((file) => existsSync(file)) ?? names[0]!
}

function imagesMissing(missing: readonly [string, Problem][], { root }: ImageFolder): AppError {
  const names = missing.map(([id, { image }]) => `${id}/${image}`)
  return new AppError(`${names.length} pictures are not in ${root}: ${listSome(names)}.`, {
    code: "image-missing",
    fix: "Check --images; --skip-missing-images leaves these problems out, and says how many.",
  })
}
