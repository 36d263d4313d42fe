import type { Turn } from "../conversation/conversation.ts"
import type { ExchangedSample } from "./exchanged-sample.ts"

/** A picture's name in a file, and its data URL. */
export interface NamedPicture {
  readonly name: string
  readonly url: string
}

/**
 * A branch of a conversation as a sample: `<image>` stands for each picture, before the text as in LLaVA's own data.
 * Answers without a word are left out with their question.
 *
 * @param pictures by the ids in the turns
 */
export function sampleOf(
  { id, title }: { id: string; title: string },
  path: readonly Turn[],
  pictures: ReadonlyMap<string, NamedPicture>,
): ExchangedSample {
  const kept = path.filter(({ role, text }, at) => {
    const answer = role === "assistant" ? text : path[at + 1]?.text
    return answer !== ""
  })
  const found = kept.flatMap((turn) => turn.pictures.flatMap((picture) => pictures.get(picture) ?? []))
  const names = found.map(({ name }) => name)
  const [first, ...more] = names
  return {
    id,
    title,
    ...(first === undefined ? {} : { image: more.length === 0 ? first : names }),
    conversations: kept.map(({ role, text, pictures: shown }) => ({
      from: role === "user" ? "human" : "gpt",
      value: `${"<image>\n".repeat(shown.filter((picture) => pictures.has(picture)).length)}${text}`,
    })),
    ...(first === undefined ? {} : { pictures: Object.fromEntries(found.map(({ name, url }) => [name, url])) }),
  }
}
