import { type ModelFolder, openModelFolder } from "@llava/model"
import type { FileOptions } from "../open/file-options.ts"
import { cachingFetch } from "./caching-fetch.browser.ts"

/** A folder behind an address; its files are kept in the Cache Storage. */
export async function openFolder(address: string, options: FileOptions): Promise<ModelFolder> {
  return openModelFolder(address, { fetch: await cachingFetch(options) })
}
