import { AppError, JsonLinesJournal, numberArgument, ProgressReport } from "@llava/app-common"
import { parseContexts, parseQuestions, referenceMessages } from "@llava/eval"
import { Command } from "commander"
import { fileIdentity } from "../files/file-identity.ts"
import { readText } from "../files/read-text.ts"
import { judgeIdentity } from "../judge/judge-identity.ts"
import { addJudgeOptions, type JudgeOptions, judgeTeacher } from "../judge/judge-options.ts"
import { say } from "../output/say.ts"
import { checkSameRun } from "../run/check-same-run.ts"
import { inParallel } from "../run/in-parallel.ts"

interface Options extends JudgeOptions {
  teacher: string
  questions: string
  contexts: string
  output: string
  seed: number
  limit?: number
  restart?: boolean
}

/** `references`: what a language model answers that knows the images by captions and boxes. */
export function referencesCommand(): Command {
  const command = new Command("references")
    .description("reference answers of a text-only teacher, from captions and boxes of the images (LLaVA-Bench)")
    .requiredOption("--questions <file>", "qa90_questions.jsonl, or others with a context for each image")
    .requiredOption("--contexts <file>", "captions, with boxes or without, of the questions' images")
    .requiredOption("--output <file>", "answers, one a line, added to as they come")
    .option("--seed <n>", "of its sampling", numberArgument({ whole: true }), 0)
    .option("--limit <n>", "answer the first n questions only", numberArgument({ whole: true, minimum: 1 }))
    .option("--restart", "discard the answers that the file holds")
  return addJudgeOptions(command, "teacher").action(writeReferences)
}

async function writeReferences(options: Options): Promise<void> {
  const { output } = options
  const [questionText, contextText] = [await readText(options.questions), await readText(options.contexts)]
  const { questions } = parseQuestions(questionText, options.questions)
  const contexts = parseContexts(contextText, options.contexts)
  const asked = questions.slice(0, options.limit).map((question, index) => {
    const context = contexts.get(question.image ?? "")
    if (context !== undefined) return { question, context, index }
    throw new AppError(`Question ${question.id} has no context for its image ${question.image ?? "(none)"}.`, {
      code: "context-missing",
      fix: "Give the contexts that belong to these questions.",
    })
  })
  const settings = judgeTeacher(options.teacher, options)
  const { openJudge } = await import("../judge/open-judge.ts")
  await using teacher = await openJudge(settings)
  const identity = await judgeIdentity(teacher, settings)
  const run = {
    teacher: identity,
    questions: fileIdentity(options.questions, questionText),
    contexts: fileIdentity(options.contexts, contextText),
    seed: options.seed,
  }
  using journal = new JsonLinesJournal(output, { restart: options.restart })
  const answered = checkSameRun(journal.records, run, output)
  const progress = ProgressReport.onStandardError()
  const left = asked.filter(({ question }) => !answered.has(String(question.id)))
  let done = asked.length - left.length
  await inParallel(left, teacher.concurrency, async ({ question, context, index }) => {
    const messages = referenceMessages(question.text, context)
    const { text, finishReason, usage } = await teacher.ask(messages, { seed: options.seed + index })
    const model = String(identity["model"])
    journal.add({
      question_id: question.id,
      prompt: question.text,
      text: text.trim(),
      answer_id: `${model}:${question.id}`,
      model_id: model,
      ...(question.category !== undefined && { category: question.category }),
      metadata: { date: new Date().toISOString(), finishReason, usage, run },
    })
    progress.update({ label: "asking", done: ++done, total: asked.length, unit: "answers" })
  })
  progress.finish()
  say(`${done} reference answers in ${output}, ${left.length} of them new.`)
}
