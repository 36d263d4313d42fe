import type { Kind } from "../kinds/kind.ts"
import type { QuestionAnswer, ReplyProblem, ReplyText } from "./reply.ts"

export interface FormatResult {
  turns: QuestionAnswer[]
  problems: ReplyProblem[]
}

const marker = /^(Question|Answer):[ \t]*\n?/

/**
 * Reads a reply in LLaVA's form: `Question:`, the question, `===`, `Answer:`, the answer, `===`, any number of times (the
 * last `===` may be left out), or the answer alone where the kind has a list of questions. White space around the pieces
 * does not matter; anything else is a problem: `format`, `role-order`, `empty-turn`, `turn-count`.
 */
export function checkFormat({ text }: ReplyText, kind: Pick<Kind, "questions" | "turns">): FormatResult {
  const content = text.replaceAll("\r\n", "\n").trim()
  if (content === "") return { turns: [], problems: [{ rule: "empty-turn", message: "the reply is empty" }] }
  return kind.questions ? readAnswer(content) : readTurns(content, kind.turns)
}

function readAnswer(content: string): FormatResult {
  const foreign = /^(=== *|(Question|Answer|User|Assistant|Human):.*)$/m.exec(content)?.[0]
  const problems =
    foreign === undefined ? [] : [{ rule: "format", message: `the answer alone was asked for: ${foreign}` }]
  return { turns: [{ question: "", answer: content }], problems }
}

function readTurns(content: string, range: Kind["turns"]): FormatResult {
  const problems: ReplyProblem[] = []
  const report = (rule: string, message: string) => problems.push({ rule, message })
  const pieces = content.split(/^===[ \t]*$/m).map((piece) => piece.trim())
  if (pieces.at(-1) === "") pieces.pop()
  const turns: QuestionAnswer[] = []
  let question: string | undefined
  for (const piece of pieces) {
    const role = marker.exec(piece)?.[1]
    const value = piece.replace(marker, "").trim()
    if (role === undefined) {
      report("format", `neither Question: nor Answer: begins ${JSON.stringify(piece.slice(0, 40))}`)
      continue
    }
    const inner = /^(Question|Answer|User|Assistant|Human):/m.exec(value)?.[0]
    if (inner !== undefined) report("format", `no line === before ${inner}`)
    if (value === "") report("empty-turn", `nothing after ${role}:`)
    if (role === "Question") {
      if (question !== undefined && problems.length === 0) report("role-order", "a question follows a question")
      question = value
    } else if (question === undefined) {
      // Its question may be the piece that could not be read.
      if (problems.length === 0) report("role-order", "an answer without a question")
    } else {
      turns.push({ question, answer: value })
      question = undefined
    }
  }
  if (question !== undefined && problems.length === 0) report("role-order", "the last question has no answer")
  if (problems.length === 0 && (turns.length < range.minimum || turns.length > range.maximum)) {
    report("turn-count", `${turns.length} questions; asked for were ${rangeText(range)}`)
  }
  return { turns, problems }
}

function rangeText({ minimum, maximum }: Kind["turns"]): string {
  return minimum === maximum ? String(minimum) : `${minimum} to ${maximum}`
}
