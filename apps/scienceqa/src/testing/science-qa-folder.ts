import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fixturePath } from "#testing"

export interface TestProblem {
  question: string
  choices: string[]
  answer: number
  image?: string | null
  hint?: string
  [key: string]: unknown
}

const pictures = ["drawn-333x217.png", "drawn-120x401-alpha.png"]

/** Problems that were made up: eight to train on (1 to 8), eight to test (11 to 18), every second with a picture. */
export function madeProblems(): Record<string, TestProblem> {
  const make = (id: number): TestProblem => ({
    question: `Which is it, ${id}?`,
    choices: ["a line", "a spot", "both <of> them"].slice(0, 2 + (id % 2)),
    answer: id % 2,
    ...(id % 2 === 0 ? { image: "image.png" } : { image: null, hint: id === 1 ? "Look & see." : "" }),
    ...{ subject: "natural science", topic: id % 3 === 0 ? "lines" : "spots", grade: id < 5 ? "grade2" : "grade9" },
    ...{ lecture: "Lines are long.", solution: `It is that, ${id}.` },
  })
  const ids = [1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18]
  return Object.fromEntries(ids.map((id) => [String(id), make(id)]))
}

/** A folder as ScienceQA's, in the system's folder of temporary files. */
export function makeScienceQAFolder(problems = madeProblems()): string {
  const folder = mkdtempSync(join(tmpdir(), "llava-scienceqa-"))
  const ids = Object.keys(problems)
  const train = ids.filter((id) => Number(id) < 10)
  const test = ids.filter((id) => Number(id) > 10)
  writeFileSync(join(folder, "problems.json"), JSON.stringify(problems))
  writeFileSync(join(folder, "pid_splits.json"), JSON.stringify({ train, test, both: ids }))
  for (const [index, id] of ids.entries()) {
    if (problems[id]!.image !== "image.png") continue
    const place = join(folder, "images", Number(id) < 10 ? "train" : "test", id)
    mkdirSync(place, { recursive: true })
    cpSync(fixturePath("image-processor/images", pictures[index % 2]!), join(place, "image.png"))
  }
  return folder
}
