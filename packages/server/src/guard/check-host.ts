import { ApiError } from "../error/api-error.ts"

/**
 * Refuses requests that call the server by a name nobody gave it: a page can have its own name point at this machine
 * (DNS rebinding), but not at an address or at `localhost`. Errors: ApiError 403, 400 without a `Host`.
 */
export function checkHost(host: string | undefined, allowed: readonly string[]): void {
  const name = host === undefined ? undefined : hostName(host)
  if (name === undefined) {
    throw new ApiError("The request has no valid Host header.", { status: 400, code: "invalid_host" })
  }
  if (name === "localhost" || name.endsWith(".localhost") || isAddress(name)) return
  if (allowed.some((other) => other.toLowerCase() === name)) return
  throw new ApiError(`This server is not called ${JSON.stringify(name)}.`, {
    status: 403,
    code: "host_not_allowed",
    fix: "Call it by its address, or name the host when starting the server (allowedHosts, --allow-host).",
  })
}

/** Without port, in small letters; undefined where it is no host. */
function hostName(host: string): string | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.exec(host)
  return match?.[1]?.toLowerCase().replace(/\.$/, "")
}

function isAddress(name: string): boolean {
  return name.startsWith("[") || /^\d{1,3}(\.\d{1,3}){3}$/.test(name)
}
