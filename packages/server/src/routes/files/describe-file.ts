import type { StoredFile } from "../../files/file-store.ts"
import type { FileReply } from "../../schema/file.ts"

export function describeFile({ id, bytes, created, expires, filename, purpose }: StoredFile): FileReply {
  return {
    id,
    object: "file",
    bytes: bytes.length,
    created_at: created,
    expires_at: expires,
    filename,
    purpose,
    status: "processed",
  }
}
