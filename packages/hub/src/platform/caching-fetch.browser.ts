import type { FileOptions } from "../open/file-options.ts"
import { OpenModelError } from "../open-model-error.ts"
import { defaultCacheDir } from "./default-cache-dir.browser.ts"

/** What tells one version of a file from another (RFC 9110 section 8.8), and its size. */
const validators = ["etag", "last-modified", "content-length"]

/**
 * A `fetch` for files that keeps them in a Cache Storage: a whole file is downloaded once, and again only after the
 * server's has changed. Whether it has is asked for by HEAD; offline nothing is asked, and what is not kept is not there.
 * It always answers with whole files, which is what servers may do that are asked for a range.
 *
 * It rejects with `OpenModelError` "disk-full" or "file-truncated", the signal's reason, or as `fetch` does.
 */
export async function cachingFetch(options: FileOptions): Promise<typeof fetch> {
  const { cacheDir = await defaultCacheDir(), offline = false, signal, onProgress } = options
  const cache = await caches.open(cacheDir)
  const heads = new Map<string, Promise<Response>>()
  const loaded = { loadedBytes: 0, totalBytes: 0 }

  /** Once per file: a model is opened as of one moment. */
  const head = (address: string): Promise<Response> => {
    const asked = heads.get(address) ?? fetch(address, { method: "HEAD", cache: "no-store", ...(signal && { signal }) })
    heads.set(address, asked)
    return asked
  }

  const download = async (address: string): Promise<Response> => {
    const response = await fetch(address, { cache: "no-store", ...(signal && { signal }) })
    if (!response.ok || !response.body) return response
    const { headers } = response
    // Of a compressed answer the length is another one than the file's.
    const size = headers.has("content-encoding") ? undefined : numberOf(headers.get("content-length"))
    loaded.totalBytes += size ?? 0
    let received = 0
    const counter = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        received += chunk.byteLength
        loaded.loadedBytes += chunk.byteLength
        loaded.totalBytes = Math.max(loaded.totalBytes, loaded.loadedBytes)
        onProgress?.({ stage: "download", ...loaded, file: address })
        controller.enqueue(chunk)
      },
    })
    const kept = validators.flatMap((name) => (headers.has(name) ? [[name, headers.get(name)!] as const] : []))
    await put(cache, address, new Response(response.body.pipeThrough(counter), { headers: Object.fromEntries(kept) }))
    if (size !== undefined && received !== size) {
      await cache.delete(address)
      throw truncated(address, received, size)
    }
    return (await cache.match(address))!
  }

  return async (input, init = {}) => {
    const address = input instanceof Request ? input.url : String(input)
    const kept = await cache.match(address)
    const current = offline ? kept : await head(address)
    if (!current) return new Response(null, { status: 404 })
    if (init.method === "HEAD" || !current.ok) return new Response(null, current)
    if (offline || (kept && isSame(kept.headers, current.headers))) return kept!
    return download(address)
  }
}

/** The same by its tag, or without one by date and size; a server that tells neither is asked for the file again. */
function isSame(kept: Headers, current: Headers): boolean {
  const equal = (name: string) => kept.has(name) && kept.get(name) === current.get(name)
  if (kept.has("etag") && current.has("etag")) return equal("etag")
  return equal("last-modified") && (!current.has("content-length") || equal("content-length"))
}

async function put(cache: Cache, address: string, response: Response): Promise<void> {
  try {
    await cache.put(address, response)
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "QuotaExceededError") throw error
    throw new OpenModelError(`The browser gives this page no more room for ${address}.`, {
      code: "disk-full",
      fix: "Free some space, or ask for persistent storage (navigator.storage.persist).",
      cause: error,
    })
  }
}

function truncated(address: string, received: number, size: number): OpenModelError {
  return new OpenModelError(`${address}: the server sent ${received} of ${size} bytes.`, {
    code: "file-truncated",
    fix: "Check the connection and try again.",
  })
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined
}
