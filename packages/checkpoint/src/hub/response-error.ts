import { HubError, type HubErrorOptions } from "./hub-error.ts"

/** What a request was about, for error messages. */
export interface HubSubject {
  readonly repo: string
  readonly revision: string
  readonly file?: string
}

export interface FailedResponse {
  readonly status: number
  readonly headers: Headers
  /** Whether the hub itself answered, rather than the storage it redirects to. */
  readonly fromHub: boolean
  readonly hasToken: boolean
}

const tokenFix =
  "make a token with read access at https://huggingface.co/settings/tokens and set HF_TOKEN (option `token`)"

/** The error for an HTTP status that is not a success, by the hub's `X-Error-Code` where there is one. */
export function responseError(response: FailedResponse, subject: HubSubject): HubError {
  const { status, headers } = response
  const name = subject.file
    ? `${subject.repo}: ${subject.file} (revision ${subject.revision})`
    : `${subject.repo} (revision ${subject.revision})`
  const said = headers.get("x-error-message")
  const answer = `answered ${status}${said ? `: ${said}` : ""}`
  const fail = (text: string, options: HubErrorOptions) => new HubError(`${name}: ${text}.`, { status, ...options })
  const retryAfter = retryAfterOf(headers)
  const waits = retryAfter === undefined ? {} : { retryAfter }

  if (status === 429)
    return fail(`the hub ${answer} (too many requests)`, {
      code: "hub-rate-limited",
      fix: "Wait some minutes, or pass a token: known users have higher limits.",
      transient: true,
      ...waits,
    })
  if (status >= 500 || status === 408)
    return fail(`the hub ${answer}`, {
      code: "hub-server-error",
      fix: "The hub has a problem; try again later. What has arrived is kept.",
      transient: true,
      ...waits,
    })
  // Addresses of the storage behind the hub are signed for a short time; the next attempt asks the hub for a new one.
  if (!response.fromHub)
    return fail(`the storage behind the hub ${answer}`, {
      code: "hub-server-error",
      fix: "Try again; if it persists, look whether a proxy or firewall changes the request.",
      transient: true,
    })
  switch (headers.get("x-error-code")) {
    case "GatedRepo":
      return fail("the repository is gated", {
        code: "hub-gated",
        fix: `Accept its terms at https://huggingface.co/${subject.repo}, then ${tokenFix}.`,
      })
    case "RepoNotFound":
      return repoNotFound(fail, tokenFix)
    case "RevisionNotFound":
      return fail("there is no such revision", {
        code: "hub-revision-not-found",
        fix: "Check the branch, tag or commit on the hub; the usual one is main.",
      })
    case "EntryNotFound":
      return fileNotFound(fail)
  }
  if (status === 401)
    return fail(`the hub ${answer}`, {
      code: "hub-unauthorized",
      fix: response.hasToken
        ? "The token is not accepted: check HF_TOKEN (option `token`), it may be expired or mistyped."
        : `Check the name; if it is private or gated, ${tokenFix}.`,
    })
  if (status === 403)
    return fail(`the hub ${answer}`, {
      code: "hub-forbidden",
      fix: response.hasToken
        ? "The token lacks the right to read this repository; ask its owner or use another token."
        : `Access is restricted: ${tokenFix}.`,
    })
  if (status === 404) return subject.file ? fileNotFound(fail) : repoNotFound(fail, tokenFix)
  return fail(`the hub ${answer}`, {
    code: "hub-answer-invalid",
    fix: "Check `endpoint` (HF_ENDPOINT): does it speak the hub's protocol?",
  })
}

type Fail = (text: string, options: HubErrorOptions) => HubError

function repoNotFound(fail: Fail, tokenFix: string): HubError {
  return fail("there is no such repository, or it is private", {
    code: "hub-repo-not-found",
    fix: `Check the spelling of "organisation/name"; if it is private, ${tokenFix}.`,
  })
}

function fileNotFound(fail: Fail): HubError {
  return fail("there is no such file", {
    code: "hub-file-not-found",
    fix: "Check the file's name in the list of files on the hub.",
  })
}

/** Milliseconds from `Retry-After` (seconds or a date), else from the reset time of the hub's `RateLimit` header. */
function retryAfterOf(headers: Headers): number | undefined {
  const text = headers.get("retry-after")
  if (text !== null) {
    const milliseconds = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
    if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds)
  }
  const reset = /;\s*t=(\d+)/.exec(headers.get("ratelimit") ?? "")
  return reset && /;\s*r=0\b/.test(headers.get("ratelimit") ?? "") ? Number(reset[1]) * 1000 : undefined
}
