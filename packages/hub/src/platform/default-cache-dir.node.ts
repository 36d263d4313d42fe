import { homedir } from "node:os"
import { defaultHubCacheDir } from "@llava/checkpoint"

/** Where Hugging Face's own tools keep downloads unless the environment says otherwise; that is for apps to read. */
export async function defaultCacheDir(): Promise<string> {
  return defaultHubCacheDir({ HOME: homedir() })
}
