import type { Conversation } from "../conversation/conversation.ts"
import type { StoredPicture } from "../pictures/stored-picture.ts"

/** Where conversations and pictures are kept between visits. */
export interface Keep {
  conversations(): Promise<Conversation[]>
  saveConversation(conversation: Conversation): Promise<void>
  removeConversation(id: string): Promise<void>
  picture(id: string): Promise<StoredPicture | undefined>
  savePicture(picture: StoredPicture): Promise<void>
  removePictures(ids: readonly string[]): Promise<void>
}
