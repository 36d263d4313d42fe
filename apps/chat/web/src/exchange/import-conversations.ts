import type { Conversation } from "../conversation/conversation.ts"
import { titleOf } from "../conversation/title-of.ts"
import { newId } from "../new-id.ts"
import { readPicture } from "../pictures/read-picture.ts"
import { keep } from "../state/keep.ts"
import { notice } from "../state/notices.ts"
import type { ExchangedSample } from "./exchanged-sample.ts"
import { ImportProblem } from "./import-problem.ts"
import { readSamples } from "./read-samples.ts"
import { turnsOf } from "./turns-of.ts"

/**
 * Conversations of files in LLaVA's format. Their pictures are in the file where this page wrote it, else among the other
 * files by name; missing ones are reported. Errors: ImportProblem.
 */
export async function importConversations(files: readonly File[]): Promise<Conversation[]> {
  const isData = ({ name, type }: File) => type === "application/json" || /\.jsonl?$/i.test(name)
  const data = files.filter(isData)
  if (data.length === 0) {
    throw new ImportProblem("There is no conversation among these files.", "Choose a .json file, with its pictures.")
  }
  const given = new Map(files.filter((file) => !isData(file)).map((file) => [file.name, file]))
  const conversations: Conversation[] = []
  let missing = 0
  for (const file of data) {
    for (const sample of readSamples(await file.text(), file.name)) {
      const ids: (string | undefined)[] = []
      for (const name of [sample.image ?? []].flat()) ids.push(await storePicture(name, sample, given))
      missing += ids.filter((id) => id === undefined).length
      conversations.push(conversationOf(sample, ids))
    }
  }
  if (missing > 0) {
    notice.value = {
      message: `${missing} ${missing === 1 ? "picture is" : "pictures are"} not in the file.`,
      nextStep: "Import it again together with the pictures to have them too.",
    }
  }
  return conversations
}

async function storePicture(
  name: string,
  { pictures }: ExchangedSample,
  given: ReadonlyMap<string, File>,
): Promise<string | undefined> {
  const own = name.split("/").at(-1) ?? name
  const url = pictures?.[name]
  const blob = url === undefined ? given.get(own) : blobOf(url)
  if (!blob) return undefined
  const picture = await readPicture(blob, own).catch(() => undefined)
  if (picture) await (await keep).savePicture(picture)
  return picture?.id
}

/** The bytes of a data URL in base64, as this page writes them; the content security policy allows no fetch of it. */
function blobOf(url: string): Blob | undefined {
  const [, type, data] = /^data:(image\/[\w.+-]+);base64,(.*)$/s.exec(url) ?? []
  if (type === undefined || data === undefined) return undefined
  try {
    return new Blob([Uint8Array.from(atob(data), (character) => character.charCodeAt(0))], { type })
  } catch {
    return undefined
  }
}

function conversationOf(sample: ExchangedSample, pictures: readonly (string | undefined)[]): Conversation {
  const turns = turnsOf(sample, pictures)
  const now = Date.now()
  const title = turns[0] ? titleOf(turns[0]) : String(sample.id)
  return { id: newId(), title, created: now, changed: now, turns, leaf: turns.at(-1)?.id ?? null }
}
