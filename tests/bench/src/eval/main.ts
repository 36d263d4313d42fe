import {
  type CaptionPair,
  cider,
  formatTable,
  parseAnswers,
  parseCaptionReferences,
  parseProblems,
  parseSplits,
  ptbTokenize,
  scoreScienceQA,
  selectProblems,
} from "@llava/eval"
import { madeUpCaptions } from "./made-up-captions.ts"
import { madeUpScienceQA } from "./made-up-science-qa.ts"

// How long scoring takes on one core, from the text of the files to the figures, and the memory of the whole process.
// Seconds of the processor, of all threads: they hold also where other programs share the machine.

function seconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

const qa = madeUpScienceQA()
const scienceQA = seconds(() => {
  const all = parseProblems(qa.problems, "problems.json")
  const splits = parseSplits(qa.splits, "pid_splits.json")
  const problems = selectProblems(all, splits, "test", { problems: "problems.json", splits: "pid_splits.json" })
  const { correct } = scoreScienceQA({ problems, predictions: parseAnswers(qa.predictions, "answers.json") })
  if (correct !== 4241) throw new Error(`all answers are right, yet ${correct} were counted`)
})

const images = 40_000
const files = madeUpCaptions(images)
const pairs: CaptionPair[] = []
const tokens = seconds(() => {
  const references = parseCaptionReferences(files.references, "references.json")
  const { answers } = parseAnswers(files.predictions, "results.json", { idKeys: ["image_id"], textKeys: ["caption"] })
  for (const [id, captions] of references) {
    const tokenized = captions.map((caption) => ptbTokenize(caption))
    pairs.push({ candidate: ptbTokenize(answers.get(id)!.text!), references: tokenized })
  }
})
const ciderSeconds = seconds(() => cider(pairs))

const rows = [
  ["ScienceQA, 4,241 answers: files to table", scienceQA.toFixed(2), "1"],
  [`${images.toLocaleString("en")} captions with 5 references: files to tokens`, tokens.toFixed(2), ""],
  [`CIDEr of them`, ciderSeconds.toFixed(2), ""],
  ["both", (tokens + ciderSeconds).toFixed(2), "20"],
]
const peak = (process.resourceUsage().maxRSS / 2 ** 10).toFixed(0)
console.log(`${formatTable(["", "seconds", "at most"], rows)}\n\npeak memory: ${peak} MiB (at most 1,024)`)
