import { join } from "node:path"
import type { OpenTeacherOptions } from "../teacher/open-teacher.ts"
import type { Terminal } from "./terminal.ts"

/** Where models named by their hub id are, as the variables of the Hugging Face tools say. */
export function hubSettings({ environment }: Terminal): NonNullable<OpenTeacherOptions["hub"]> {
  const { HF_HUB_CACHE, HF_HOME, HF_TOKEN, HF_ENDPOINT, HF_HUB_OFFLINE } = environment
  const cacheDir = HF_HUB_CACHE || (HF_HOME && join(HF_HOME, "hub"))
  return {
    ...(cacheDir && { cacheDir }),
    ...(HF_TOKEN && { token: HF_TOKEN }),
    ...(HF_ENDPOINT && { endpoint: HF_ENDPOINT }),
    ...(/^(1|on|yes|true)$/i.test(HF_HUB_OFFLINE ?? "") && { offline: true }),
  }
}
