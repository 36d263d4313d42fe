import { Template as JinjaProgram } from "@huggingface/jinja"
import { IMAGE_PLACEHOLDER } from "../prompt/image-placeholder.ts"
import { dropLeadingAnswer } from "./drop-leading-answer.ts"
import type { Segment, Template, Turn } from "./template.ts"
import { TemplateError } from "./template-error.ts"

export interface JinjaTemplateOptions {
  /** Said in errors and results. Default `"chat_template"`. */
  name?: string
  /** The texts that the template knows as `bos_token` and `eos_token`. */
  bosToken?: string | undefined
  eosToken?: string | undefined
  /**
   * Whether the tokenizer adds BOS to the rendered text. Default: as Hugging Face does, never for a template of plain
   * strings, and for one that lists parts unless the text starts with `bosToken`.
   */
  addSpecialTokens?: boolean | undefined
  /** Further variables of the template (`tools`, `documents`, `enable_thinking`, …). */
  variables?: Readonly<Record<string, unknown>>
}

/**
 * A Hugging Face chat template as a {@link Template}. Both kinds are understood: those of processors, which list a
 * turn's parts (`{"type": "image"}`, `{"type": "text", "text": …}`), and those of text tokenizers, to which an image
 * is `<image>` within the content. What is learned in training is the difference between a conversation rendered
 * with an answer and the same rendered up to the request for it.
 *
 * @throws TemplateError `template-invalid` when the source does not parse, `template-failed` when it refuses a
 * conversation, `template-not-prefix` when the difference above does not exist.
 */
export function jinjaTemplate(source: string, options: JinjaTemplateOptions = {}): Template {
  const { name = "chat_template", bosToken, eosToken } = options
  const program = parse(name, source)
  const variables = { ...options.variables, bos_token: bosToken ?? "", eos_token: eosToken ?? "" }
  const listsParts = takesParts((messages) => program.render({ ...variables, messages, add_generation_prompt: true }))

  const render = (turns: readonly Turn[], asksForAnswer: boolean): string => {
    const messages = turns.map(({ role, text }) => ({ role, content: listsParts ? partsOf(text) : text }))
    try {
      return program.render({ ...variables, messages, add_generation_prompt: asksForAnswer })
    } catch (cause) {
      throw new TemplateError(`The chat template ${name} refuses this conversation: ${messageOf(cause)}`, {
        code: "template-failed",
        cause,
      })
    }
  }

  return {
    name,
    stop: eosToken ? [eosToken] : [],
    hasExamples: false,
    renderPrompt: (turns) => render(turns, true),
    renderTraining(given) {
      const turns = dropLeadingAnswer(given)
      const segments: Segment[] = []
      let done = ""
      const advance = (text: string, learned: boolean) => {
        if (!text.startsWith(done)) throw notPrefix(name)
        segments.push({ text: text.slice(done.length), learned })
        done = text
      }
      for (const [index, turn] of turns.entries()) {
        if (turn.role !== "assistant") continue
        advance(render(turns.slice(0, index), true), false)
        advance(render(turns.slice(0, index + 1), false), true)
      }
      advance(render(turns, false), false)
      return segments
    },
    addsSpecialTokens(text) {
      return options.addSpecialTokens ?? (listsParts && !(bosToken && text.startsWith(bosToken)))
    },
  }
}

function parse(name: string, source: string): JinjaProgram {
  try {
    return new JinjaProgram(source)
  } catch (cause) {
    throw new TemplateError(`The chat template ${name} does not parse: ${messageOf(cause)}`, {
      code: "template-invalid",
      fix: "Look at chat_template in tokenizer_config.json, or name a template instead.",
      cause,
    })
  }
}

/** Whether a template walks through a list of parts; one of plain strings prints the list itself, or fails. */
function takesParts(render: (messages: unknown) => string): boolean {
  const probe = "a probe of parts"
  try {
    const text = render([{ role: "user", content: [{ type: "text", text: probe }] }])
    return text.includes(probe) && !/["']type["']\s*:/.test(text)
  } catch {
    return false
  }
}

/** Text with placeholders as a list of parts; the newline between an image and its text is the template's to write. */
function partsOf(text: string): ({ type: "image" } | { type: "text"; text: string })[] {
  return text.split(IMAGE_PLACEHOLDER).flatMap((piece, index, pieces) => {
    const afterImage = index > 0 && piece.startsWith("\n") ? piece.slice(1) : piece
    const isLast = index === pieces.length - 1
    const words = !isLast && afterImage.endsWith("\n") ? afterImage.slice(0, -1) : afterImage
    return [
      ...(words === "" ? [] : [{ type: "text" as const, text: words }]),
      ...(isLast ? [] : [{ type: "image" as const }]),
    ]
  })
}

function notPrefix(name: string): TemplateError {
  return new TemplateError(
    `The chat template ${name} writes earlier turns differently once later ones follow, so it does not say which tokens are an answer.`,
    { code: "template-not-prefix", fix: "Train with a named template, or with a chat template that only appends." },
  )
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
