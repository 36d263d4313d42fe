import { readFile } from "node:fs/promises"
import { homedir } from "node:os"
import { dirname, join } from "node:path"
import { defaultHubCacheDir, type HubEnvironment } from "@llava/checkpoint"

/** How the hub is reached, as the Python client reads it from the same environment variables. */
export interface HubSettings {
  cacheDir: string
  endpoint?: string
  token?: string
  offline: boolean
}

const truths = new Set(["1", "ON", "YES", "TRUE"])

export async function readEnvironment(variables: HubEnvironment): Promise<HubSettings> {
  const environment = { ...variables, HOME: variables["HOME"] || homedir() }
  const isSet = (name: string) => truths.has((environment as HubEnvironment)[name]?.toUpperCase() ?? "")
  const endpoint = variables["HF_ENDPOINT"]?.replace(/\/+$/, "")
  const token = isSet("HF_HUB_DISABLE_IMPLICIT_TOKEN") ? undefined : await readToken(environment)
  return {
    cacheDir: defaultHubCacheDir(environment),
    offline: isSet("HF_HUB_OFFLINE") || isSet("TRANSFORMERS_OFFLINE"),
    ...(endpoint ? { endpoint } : {}),
    ...(token ? { token } : {}),
  }
}

/** From the environment, else from the file that `hf auth login` writes. */
async function readToken(environment: HubEnvironment): Promise<string | undefined> {
  const given = environment["HF_TOKEN"] || environment["HUGGING_FACE_HUB_TOKEN"]
  if (given) return given.trim()
  const home = dirname(defaultHubCacheDir({ ...environment, HF_HUB_CACHE: "", HUGGINGFACE_HUB_CACHE: "" }))
  const text = await readFile(environment["HF_TOKEN_PATH"] || join(home, "token"), "utf8").catch(() => "")
  return text.trim() || undefined
}
