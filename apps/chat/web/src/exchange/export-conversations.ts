import type { Conversation } from "../conversation/conversation.ts"
import { pathOf } from "../conversation/path-of.ts"
import { dataUrl } from "../pictures/data-url.ts"
import { keep } from "../state/keep.ts"
import { type NamedPicture, sampleOf } from "./sample-of.ts"
import { saveFile } from "./save-file.ts"

/** Saves the shown branch of each conversation as a JSON file in LLaVA's format, pictures included. */
export async function exportConversations(conversations: readonly Conversation[]): Promise<void> {
  const samples = []
  for (const conversation of conversations) {
    const path = pathOf(conversation)
    samples.push(sampleOf(conversation, path, await namedPictures(conversation)))
  }
  const text = JSON.stringify(
    samples.filter((sample) => sample.conversations.length > 0),
    undefined,
    2,
  )
  saveFile(new Blob([text], { type: "application/json" }), `llava-chat-${new Date().toISOString().slice(0, 10)}.json`)
}

async function namedPictures(conversation: Conversation): Promise<Map<string, NamedPicture>> {
  const named = new Map<string, NamedPicture>()
  for (const id of pathOf(conversation).flatMap(({ pictures }) => pictures)) {
    const picture = await (await keep).picture(id)
    if (!picture) continue
    const extension = picture.blob.type.replace("image/", "").replace("jpeg", "jpg")
    named.set(id, { name: `${id}.${extension}`, url: await dataUrl(picture.blob) })
  }
  return named
}
