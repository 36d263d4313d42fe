import type { Problem } from "./problem.ts"
import type { InputFormat, OutputFormat, PromptFormat } from "./prompt-format.ts"

/** A problem as a question and its answer, without any mark for the image. */
export interface ScienceQAExample {
  input: string
  output: string
}

export interface BuildExampleOptions {
  /** Add the caption of the image to the context; default false. */
  useCaption?: boolean
}

/**
 * A problem's text in a prompt format, letter for letter as LLaVA's `convert_sqa_to_llava.py` writes it (`QCM-LEA` and so
 * on) or as its evaluation file of version 1.5 has it (`v1.5`). As in the original, `AL` gives the solution and `AE` the
 * lecture.
 */
export function buildExample(
  problem: Problem,
  format: PromptFormat,
  options: BuildExampleOptions = {},
): ScienceQAExample {
  if (format === "v1.5") return { input: plainInput(problem), output: letterOf(problem.answer) }
  const { input, output } = markedExample(problem, format, options)
  return { input: withoutMark(input, "Question: "), output: withoutMark(output, "Answer: ") }
}

/** The same with the marks `Question: ` and `Answer: ` left in, as text-only models are shown it. */
export function markedExample(
  problem: Problem,
  format: Exclude<PromptFormat, "v1.5">,
  options: BuildExampleOptions = {},
): ScienceQAExample {
  const [input, output] = format.split("-") as [InputFormat, OutputFormat]
  return {
    input: tidy(inputText(problem, input, options.useCaption === true)),
    output: tidy(outputText(problem, output, letterOf(problem.answer))),
  }
}

function plainInput({ hint, question, choices }: Problem): string {
  const context = hint === "" ? [] : [`Context: ${hint}`]
  return [...context, question, ...choices.map((choice, index) => `${letterOf(index)}. ${choice}`)].join("\n")
}

function inputText(problem: Problem, format: InputFormat, useCaption: boolean): string {
  const { hint, caption, choices, lecture, solution } = problem
  const context = `${hint} ${useCaption ? caption : ""}`.trim() || "N/A"
  const parts: Readonly<Record<string, string>> = {
    Q: `Question: ${problem.question}`,
    C: `Context: ${context}`,
    M: `Options: ${choices.map((choice, index) => `(${letterOf(index)}) ${choice}`).join(" ")}`,
    L: `BECAUSE: ${lecture}`,
    E: `BECAUSE: ${solution}`,
    B: `BECAUSE: ${lecture} ${solution}`,
  }
  return [...format.replace("LE", "B")].map((part) => `${parts[part]}\n`).join("")
}

function outputText({ lecture, solution }: Problem, format: OutputFormat, letter: string): string {
  const answer = `The answer is ${letter}.`
  switch (format) {
    case "A":
      return `Answer: ${answer}`
    case "AL":
      return `Answer: ${answer} BECAUSE: ${solution}`
    case "AE":
      return `Answer: ${answer} BECAUSE: ${lecture}`
    case "ALE":
      return `Answer: ${answer} BECAUSE: ${lecture} ${solution}`
    case "AEL":
      return `Answer: ${answer} BECAUSE: ${solution} ${lecture}`
    case "LA":
      return `Answer: ${lecture} ${answer}`
    case "EA":
      return `Answer: ${solution} ${answer}`
    case "LEA":
      return `Answer: ${lecture} ${solution} ${answer}`
    case "ELA":
      return `Answer: ${solution} ${lecture} ${answer}`
    case "LEPA": {
      const named = [
        ["LECTURE", lecture],
        ["SOLUTION", solution],
      ].filter(([, text]) => text?.trim() !== "")
      return `${named.map(([name, text]) => `${name}: ${text}\n`).join("")}###\nANSWER: ${letter}.`
    }
  }
}

/** Double spaces become single ones, once; an empty reason goes. */
function tidy(text: string): string {
  const single = text.replaceAll("  ", " ").trim()
  return single.endsWith("BECAUSE:") ? single.replaceAll("BECAUSE:", "").trim() : single
}

/** The original removes the mark everywhere where the text begins with it. */
function withoutMark(text: string, mark: string): string {
  return text.startsWith(mark) ? text.replaceAll(mark, "") : text
}

function letterOf(index: number): string {
  return String.fromCharCode(65 + index)
}
