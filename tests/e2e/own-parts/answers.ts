import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fixturePath } from "#testing"
import { repository } from "../../architecture/workspace.ts"

/** What transformers answers to a question about a picture, written by tools/reference/own_parts.py. */
export interface OwnPartsAnswer {
  model: string
  image: string
  question: string
  prompt_tokens: number
  new_ids: number[]
  text: string
}

const answers: OwnPartsAnswer[] = JSON.parse(readFileSync(fixturePath("own-parts/chat.json"), "utf8"))

/** The answer of one of the small LLaVAs, its picture as a path. */
export function answerOf(model: string): OwnPartsAnswer {
  const answer = answers.find((candidate) => candidate.model === model)!
  return { ...answer, image: fixturePath("image-processor/images", answer.image) }
}

/** The part of an example, in the repository. */
export const exampleSource = (name: string) => join(repository, "examples", name, "index.ts")
