import { existsSync } from "node:fs"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import {
  type AnswerFile,
  EvaluationError,
  formatAccuracyTable,
  parseAnswers,
  parsePopeQuestions,
  parseReviews,
  scoreEnsemble,
  scorePope,
  scoreReviews,
  scoreScienceQA,
} from "@llava/eval"
import { Command } from "commander"
import { readPopeSplit } from "../files/read-pope-split.ts"
import { readProblems } from "../files/read-problems.ts"
import { readText } from "../files/read-text.ts"
import { report } from "../output/report.ts"
import { say } from "../output/say.ts"

/** A section of the page: its title and table, and what it holds as JSON. */
interface Section {
  title: string
  table: string
  json: unknown
}

/** `published --data DIR`: the published figures, from the published files. */
export function publishedCommand(): Command {
  return new Command("published")
    .description("the published figures, from the published files in a folder: scienceqa, llava-bench-wild, pope")
    .requiredOption("--data <folder>", "a folder with these folders")
    .option("--json", "print one JSON object")
    .action(async ({ data, json }: { data: string; json?: boolean }) => {
      const makers = { scienceqa: scienceQASection, "llava-bench-wild": reviewSection, pope: popeSection }
      const sections: Record<string, Section> = {}
      for (const [name, make] of Object.entries(makers)) {
        const folder = join(data, name)
        if (existsSync(folder)) sections[name] = await make(folder)
        else say(`${folder}: absent, left out.`)
      }
      if (Object.keys(sections).length === 0) {
        throw new EvaluationError("None of the published files is there.", {
          code: "file-unreadable",
          file: data,
          fix: `It should have folders ${Object.keys(makers).join(", ")}.`,
        })
      }
      const tables = Object.values(sections).map(({ title, table }) => `## ${title}\n\n${table}`)
      const values = Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, section.json]))
      report({ json: values, table: tables.join("\n\n") }, json === true)
    })
}

const knownRows: Readonly<Record<string, string>> = {
  "test_sqa_llava_lcs_558k_sqa_12e_vicuna_v1_3_13b.json": "LLaVA v1.3 13B",
  "test_sqa_llava_13b_v0.json": "LLaVA v0 13B",
  "gpt3_final_test_QCM-ALE_2_seed_3.json": "GPT-3 (QCM-ALE, 2 shots)",
}

async function scienceQASection(folder: string): Promise<Section> {
  const name = ["problems.json", "problems_test.json"].find((file) => existsSync(join(folder, file))) ?? "problems.json"
  const splits = join(folder, "pid_splits.json")
  const { problems, known } = await readProblems({ problems: join(folder, name), splits, split: "test" })
  const files = new Map<string, AnswerFile>()
  for (const [file, title] of Object.entries(knownRows)) {
    const path = join(folder, file)
    if (existsSync(path)) files.set(title, parseAnswers(await readText(path), path))
  }
  const rows = [...files].map(([title, predictions]) => {
    const { accuracy, counts, correct } = scoreScienceQA({ problems, predictions, known })
    return { name: title, accuracy, counts, correct }
  })
  const model = files.get("LLaVA v1.3 13B")
  const textModel = files.get("GPT-3 (QCM-ALE, 2 shots)")
  if (model !== undefined && textModel !== undefined) {
    const { complement, upperBound } = scoreEnsemble({ problems, known, model, textModel })
    rows.push({ name: "complement of both", ...complement }, { name: "upper bound of both", ...upperBound })
  }
  const json = rows.map(({ name, accuracy, correct }) => ({ name, accuracy, correct }))
  return { title: "ScienceQA, test split", table: formatAccuracyTable(rows), json }
}

async function reviewSection(folder: string): Promise<Section> {
  const reviews = join(folder, "reviews")
  const names = (await readdir(reviews)).filter((name) => name.endsWith(".jsonl")).sort()
  const files = await Promise.all(
    names.map(async (name) => parseReviews(await readText(join(reviews, name)), join(reviews, name))),
  )
  const { rows, failed, table } = scoreReviews(files)
  return { title: `LLaVA-Bench in the wild, ${files.length} runs of the judge`, table, json: { ...rows, failed } }
}

async function popeSection(folder: string): Promise<Section> {
  const questionFile = join(folder, "llava_pope_test.jsonl")
  const answerName = (await readdir(folder)).find((name) => name.startsWith("answers"))
  const answerFile = join(folder, answerName ?? "answers.jsonl")
  const present = ["random", "popular", "adversarial"].filter((split) =>
    existsSync(join(folder, `coco_pope_${split}.json`)),
  )
  const { splits, table } = scorePope({
    questions: parsePopeQuestions(await readText(questionFile), questionFile),
    splits: await Promise.all(
      present.map((split) => readPopeSplit(`${split}=${join(folder, `coco_pope_${split}.json`)}`)),
    ),
    predictions: parseAnswers(await readText(answerFile), answerFile),
  })
  return { title: "POPE", table, json: splits }
}
