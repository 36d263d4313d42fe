import { existsSync } from "node:fs"
import {
  type ConversationFormat,
  conversationFormats,
  encodeForGeneration,
  encodeForTraining,
  findTemplate,
  IGNORE_INDEX,
  LlavaError,
  type Tokenizer,
} from "@llava/core"
import { z } from "zod"
import type { CheckContext, KindCheck } from "../kind-check.ts"
import { loadTokenizer } from "../load-tokenizer.ts"

const ids = z.array(z.int())
const goldenSchema = z.looseObject({
  templates_defaults: z
    .record(
      z.string(),
      z.object({
        system: z.string(),
        roles: z.tuple([z.string(), z.string()]),
        sep: z.string(),
        sep2: z.string().nullable(),
        style: z.string(),
      }),
    )
    .default({}),
  training: z
    .array(
      z.looseObject({
        template: z.string(),
        name: z.string(),
        turns: z.array(z.tuple([z.string(), z.string()])),
        input_ids: ids,
        labels: ids,
        all_masked: z.boolean().default(false),
      }),
    )
    .default([]),
  generation: z
    .array(
      z.looseObject({
        template: z.string(),
        name: z.string(),
        prompt: z.string(),
        input_ids: ids,
        stop: z.string().optional(),
        turns: z.array(z.tuple([z.string(), z.string()])).optional(),
      }),
    )
    .default([]),
})

type Golden = z.output<typeof goldenSchema>
type Turns = readonly (readonly [from: string, value: string])[]

/** Conversations as the original LLaVA writes them: ids and labels for training, prompts for generation. */
export const checkPrompts: KindCheck = async (context) => {
  const { fixture, report } = context
  const golden = goldenSchema.parse(fixture.golden)
  checkTemplates(context, golden)
  const path = fixture.need("tokenizer")
  if (path === undefined) throw new Error("golden.json names no tokenizer in `needs`")
  if (!existsSync(path)) return report.absent("ids", fixture.display(path))
  const tokenizer = await loadTokenizer(path)
  for (const row of golden.training) {
    const name = `training ${row.template}: ${row.name}`
    await report.section(name, async () => checkTraining(context, tokenizer, row, name))
  }
  const known = new Map(golden.training.map((row) => [row.name, row.turns]))
  for (const row of golden.generation) {
    const name = `generation ${row.template}: ${row.name}`
    // Where the row has no turns of its own: a training conversation without its last answer.
    const turns = row.turns ?? known.get(row.name)?.slice(0, -1)
    if (!turns) report.fail(name, `there is no conversation named ${row.name}`)
    else await report.section(name, async () => checkGeneration(context, tokenizer, row, turns, name))
  }
}

function checkTemplates({ report }: CheckContext, { templates_defaults }: Golden): void {
  const formats: Readonly<Record<string, ConversationFormat>> = conversationFormats
  for (const [name, expected] of Object.entries(templates_defaults)) {
    const format = formats[name]
    if (!format) {
      report.fail(`template ${name}`, "there is no template of this name")
      continue
    }
    const { system, roles, separator, answerSeparator = null, style } = format
    const ours = [system, roles.user, roles.assistant, separator, answerSeparator ?? "", style]
    const theirs = [expected.system, ...expected.roles, expected.sep, expected.sep2 ?? "", expected.style]
    report.equal(`template ${name}`, ours, theirs)
  }
}

function conversation(turns: Turns) {
  return turns.map(([from, value]) => ({ from, value }))
}

function checkTraining({ report }: CheckContext, tokenizer: Tokenizer, row: Golden["training"][number], name: string) {
  const turns = conversation(row.turns)
  const answers = row.turns.filter(([from]) => from === "gpt").map(([, value]) => value)
  const encode = () => encodeForTraining({ turns, template: findTemplate(row.template), tokenizer })
  if (row.all_masked && answers.at(-1) === "") {
    checkRefusal(report, encode, `${name}, is refused`)
    return
  }
  const { ids, labels } = encode()
  report.equal(`${name}, ids`, ids, row.input_ids)
  if (!row.all_masked) {
    report.equal(`${name}, labels`, labels, row.labels)
    return
  }
  // The original lost count here and learned nothing; right is: exactly the answers and what ends them.
  const end = tokenizer.decode([tokenizer.eosTokenId ?? 2], { skipSpecialTokens: false })
  const learned = learnedRuns(labels).map((run) => tokenizer.decode(run, { skipSpecialTokens: false }))
  // White space before and after an answer belongs to the template or to the answer: its tokens tell nobody.
  const texts = learned.map((text) => (text.endsWith(end) ? text.slice(0, -end.length) : `${text} is not ended`).trim())
  const expected = answers.filter((answer) => answer !== "").map((answer) => answer.trim())
  report.equal(`${name}, learned text`, [texts.join(end)], [expected.join(end)])
}

/** Where nothing can be learned, the original trains on nothing without a word; here that is an error. */
function checkRefusal(report: CheckContext["report"], encode: () => unknown, check: string): void {
  try {
    encode()
  } catch (error) {
    if (!LlavaError.isInstance(error)) throw error
    report.equal(check, [true], [true])
    return
  }
  report.fail(check, "it was encoded")
}

/** The learned labels, those that follow each other together. */
function learnedRuns(labels: readonly number[]): number[][] {
  const runs: number[][] = []
  for (const [index, label] of labels.entries()) {
    if (label === IGNORE_INDEX) continue
    if (index > 0 && labels[index - 1] !== IGNORE_INDEX) runs.at(-1)!.push(label)
    else runs.push([label])
  }
  return runs
}

function checkGeneration(
  { report }: CheckContext,
  tokenizer: Tokenizer,
  row: Golden["generation"][number],
  turns: Turns,
  name: string,
): void {
  const template = findTemplate(row.template)
  const prompt = encodeForGeneration({ turns: conversation(turns), template, tokenizer })
  report.equal(`${name}, text`, [prompt.text], [row.prompt])
  report.equal(`${name}, ids`, prompt.ids, row.input_ids)
  if (row.stop !== undefined) report.equal(`${name}, stop string`, prompt.stop, [row.stop])
}
