import { HubError } from "./hub-error.ts"

/** Environment variables that place the cache; `process.env` fits. */
export type HubEnvironment = Readonly<Record<string, string | undefined>>

/**
 * The cache folder the Python client uses under the same environment: `HF_HUB_CACHE`, else `HUGGINGFACE_HUB_CACHE`,
 * else `HF_HOME/hub`, else `XDG_CACHE_HOME/huggingface/hub`, else `~/.cache/huggingface/hub`.
 * A leading `~` and `$NAME` are expanded. Throws "hub-argument-invalid" when none of these is known.
 */
export function defaultHubCacheDir(environment: HubEnvironment): string {
  const home = environment["HOME"] || environment["USERPROFILE"]
  const expand = (path: string) =>
    path
      .replace(/^~(?=$|[/\\])/, home ?? "~")
      .replace(/\$(?:(\w+)|\{(\w+)\})/g, (text, plain, braced) => environment[plain ?? braced] ?? text)
  const join = (folder: string, ...rest: string[]) => [folder.replace(/[/\\]+$/, ""), ...rest].join("/")

  const cache = environment["HF_HUB_CACHE"] || environment["HUGGINGFACE_HUB_CACHE"]
  if (cache) return expand(cache)
  const hubHome = environment["HF_HOME"]
  if (hubHome) return join(expand(hubHome), "hub")
  const userCache = environment["XDG_CACHE_HOME"]
  if (userCache) return join(expand(userCache), "huggingface", "hub")
  if (home) return join(home, ".cache", "huggingface", "hub")
  throw new HubError(
    "No folder for downloaded models: neither HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME nor HOME is set.",
    {
      code: "hub-argument-invalid",
      fix: "Set HF_HUB_CACHE to a folder, or pass `cacheDir`.",
    },
  )
}
