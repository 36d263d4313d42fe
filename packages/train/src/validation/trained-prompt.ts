import type { Template } from "@llava/core"

/** Any answer: what comes before it is asked for. */
const ANSWER = "x"

/**
 * A template whose prompts are what stands before the answers in training: a caption template asks with the image
 * alone, where its prompts of conversations would add line breaks that were never trained.
 */
export function trainedPrompt(template: Template): Template {
  return {
    ...template,
    renderPrompt(turns) {
      const segments = template.renderTraining([...turns, { role: "assistant", text: ANSWER }])
      const answer = segments.findIndex(({ learned }) => learned)
      return segments
        .slice(0, answer)
        .map(({ text }) => text)
        .join("")
    },
  }
}
