import { type DBSchema, openDB } from "idb"
import type { Conversation } from "../conversation/conversation.ts"
import type { StoredPicture } from "../pictures/stored-picture.ts"
import type { Keep } from "./keep.ts"

interface Schema extends DBSchema {
  conversations: { key: string; value: Conversation }
  pictures: { key: string; value: StoredPicture }
}

/** The browser's database. Rejects where the browser allows none, as some do in private windows. */
export async function openKeep(): Promise<Keep> {
  const database = await openDB<Schema>("llava-chat", 1, {
    upgrade(database) {
      database.createObjectStore("conversations", { keyPath: "id" })
      database.createObjectStore("pictures", { keyPath: "id" })
    },
  })
  return {
    conversations: () => database.getAll("conversations"),
    saveConversation: async (conversation) => {
      await database.put("conversations", conversation)
    },
    removeConversation: (id) => database.delete("conversations", id),
    picture: (id) => database.get("pictures", id),
    savePicture: async (picture) => {
      await database.put("pictures", picture)
    },
    removePictures: async (ids) => {
      const transaction = database.transaction("pictures", "readwrite")
      await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done])
    },
  }
}
