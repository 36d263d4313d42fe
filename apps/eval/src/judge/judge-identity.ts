import { basename } from "node:path"
import { hashModel } from "@llava/app-common"
import type { Teacher, TeacherSettings } from "@llava/datagen"

/** What its reviews depend on; of a local model the name and the hash of its files, not where they lie. */
export async function judgeIdentity(
  { identity }: Teacher,
  { teacher, model }: TeacherSettings,
): Promise<Record<string, unknown>> {
  if (teacher !== "local") return identity
  const sha256 = await hashModel(model)
  return sha256 === undefined ? identity : { ...identity, model: basename(model), sha256 }
}
