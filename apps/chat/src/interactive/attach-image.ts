import { homedir } from "node:os"
import { decodeImage } from "@llava/core"
import type { Llava } from "@llava/model"
import { ChatError } from "../chat-error.ts"
import { unfamiliarPicture } from "../setup/unfamiliar-picture.ts"
import type { Conversation } from "./conversation.ts"

/** Reads a picture for the next message; what is wrong with it is said now. Returns a sentence that confirms it. */
export async function attachImage(
  model: Pick<Llava, "encoder" | "imageDistance" | "options">,
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
  const image = await decodeImage(path.replace(/^~(?=$|[/\\])/, homedir()), { signal })
  const remark = await unfamiliarPicture(model, image, { signal })
  conversation.attach(image)
  const others = conversation.attached - 1
  const { width, height } = image
  const confirmation = `${width} x ${height} pixels go with your next message${others > 0 ? `, after ${others} attached before` : ""}.`
  return remark === undefined ? confirmation : `${confirmation}\n(${remark})`
}
