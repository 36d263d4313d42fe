import type { Context, MiddlewareHandler } from "hono"
import { openStaticFolder } from "#platform/static-folder"
import { contentType } from "./content-type.ts"
import type { StaticFolder } from "./static-folder.ts"

/** Nothing from elsewhere, no script or style in the text of a page, no frame around it. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ")

/** Answers requests for the files of a folder, `index.html` at `/`; lets all others pass. Errors: where it cannot be listed. */
export function servePage(folder: string): MiddlewareHandler {
  const files = openStaticFolder(folder)
  const names = new Set(files.names)
  return async (c, next) => {
    const name = c.req.method === "GET" || c.req.method === "HEAD" ? nameOf(c.req.url) : undefined
    if (name === undefined || !names.has(name)) return next()
    return await fileReply(c, files, name)
  }
}

function nameOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(url).pathname).slice(1)
    return path === "" ? "index.html" : path
  } catch {
    return undefined
  }
}

async function fileReply(c: Context, files: StaticFolder, name: string): Promise<Response> {
  const { bytes, version } = await files.read(name)
  const etag = `W/"${version}-${bytes.length}"`
  const headers = {
    "content-type": contentType(name),
    "content-security-policy": contentSecurityPolicy,
    // Asked again each time, answered with 304 where nothing changed: an update is there at once.
    "cache-control": "no-cache",
    etag,
  }
  if (c.req.header("if-none-match") === etag) return c.body(null, 304, headers)
  return c.body(bytes, 200, headers)
}
