import { ApiError } from "../error/api-error.ts"

/**
 * Refuses requests that a page of another origin makes a browser send. Not sending CORS headers hides only the answer;
 * the work would be done. Errors: ApiError 403.
 */
export function checkOrigin(
  { origin, host }: { origin: string | undefined; host: string | undefined },
  allowed: readonly string[],
): void {
  // Browsers leave it out of requests that only read, whose answers they keep from the page.
  if (origin === undefined || allowed.includes(origin) || URL.parse(origin)?.host === host) return
  throw new ApiError(`Pages of ${JSON.stringify(origin)} may not call this server.`, {
    status: 403,
    code: "origin_not_allowed",
    fix: "Name the origin when starting the server (allowedOrigins, --allow-origin).",
  })
}
