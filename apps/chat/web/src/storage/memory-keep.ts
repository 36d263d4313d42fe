import type { Conversation } from "../conversation/conversation.ts"
import type { StoredPicture } from "../pictures/stored-picture.ts"
import type { Keep } from "./keep.ts"

/** For browsers that keep nothing: it lasts as long as the page. */
export function memoryKeep(): Keep {
  const conversations = new Map<string, Conversation>()
  const pictures = new Map<string, StoredPicture>()
  return {
    conversations: async () => [...conversations.values()],
    saveConversation: async (conversation) => {
      conversations.set(conversation.id, conversation)
    },
    removeConversation: async (id) => {
      conversations.delete(id)
    },
    picture: async (id) => pictures.get(id),
    savePicture: async (picture) => {
      pictures.set(picture.id, picture)
    },
    removePictures: async (ids) => {
      for (const id of ids) pictures.delete(id)
    },
  }
}
