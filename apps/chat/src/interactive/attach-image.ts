import { homedir } from "node:os"
import { decodeImage } from "@llava/core"
import type { Llava } from "@llava/model"
import { ChatError } from "../chat-error.ts"
import type { Conversation } from "./conversation.ts"

/** Reads a picture for the next message; what is wrong with it is said now. Returns a sentence that confirms it. */
export async function attachImage(
  model: Pick<Llava, "encoder">,
  conversation: Conversation,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  if (path === "") throw new ChatError("/image needs the path of a picture.", { code: "image-missing" })
  if (!model.encoder) {
    throw new ChatError("This model has no image encoder; it answers text only.", {
      code: "no-encoder",
      fix: "Start with a LLaVA to ask about pictures.",
    })
  }
  const { width, height } = await attach(conversation, path.replace(/^~(?=$|[/\\])/, homedir()), signal)
  const others = conversation.attached - 1
  return `${width} x ${height} pixels go with your next message${others > 0 ? `, after ${others} attached before` : ""}.`
}

async function attach(conversation: Conversation, path: string, signal: AbortSignal) {
  const image = await decodeImage(path, { signal })
  conversation.attach(image)
  return image
}
