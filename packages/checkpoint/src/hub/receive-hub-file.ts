import { digestKind } from "./digest-kind.ts"
import type { HubClient } from "./hub-client.ts"
import { HubError } from "./hub-error.ts"
import type { HubFile } from "./hub-file.ts"
import type { HubResponse } from "./hub-response.ts"
import type { PartialFile } from "./hub-store.ts"

export interface HubFileAddress {
  readonly repo: string
  readonly commit: string
}

/**
 * Brings a partial file to its full size and checks its digest. Goes on where an earlier attempt ended (`Range`, with
 * `If-Range` once the ETag of the answering host is known). Content that turns out wrong is thrown away and
 * downloaded once more; then "hub-file-corrupt". `onReceived` gets the bytes present after each change.
 */
export async function receiveHubFile(
  client: HubClient,
  { repo, commit }: HubFileAddress,
  file: HubFile,
  partial: PartialFile,
  onReceived: (bytes: number) => void,
): Promise<void> {
  let problem = ""
  for (let attempt = 0; attempt < 2; attempt++) {
    problem = await receiveOnce()
    if (problem === "") return
    await partial.restart()
    onReceived(0)
  }
  throw new HubError(`${repo}: ${file.path} arrived damaged twice (${problem}); it was deleted.`, {
    code: "hub-file-corrupt",
    fix: "Try again later, or over another connection: a proxy or mirror may change the content.",
  })

  async function receiveOnce(): Promise<string> {
    let validator: { origin: string; etag: string } | undefined
    let tooLong = false
    if (partial.received > file.size) await partial.restart()
    onReceived(partial.received)

    const attempt = async () => {
      const from = partial.received
      const url = client.url(repo, "resolve", commit, file.path)
      await using response = await client.request(url, { repo, revision: commit, file: file.path }, { from, validator })
      const etag = strongEtag(response)
      const changed = validator?.origin === response.origin && etag !== undefined && etag !== validator.etag
      if (from > 0 && (response.status !== 206 || changed || !continuesAt(response, from, file.size))) {
        await partial.restart()
        onReceived(0)
        validator = undefined
        if (response.status !== 200) throw rangeRefused(file.path)
      }
      validator = etag === undefined ? undefined : { origin: response.origin, etag }
      for await (const chunk of response.chunks()) {
        if (partial.received + chunk.length > file.size) {
          tooLong = true
          return
        }
        await partial.write(chunk)
        onReceived(partial.received)
      }
      if (partial.received < file.size) throw endedEarly(file, partial.received)
    }
    if (partial.received < file.size) await client.retry(attempt, () => partial.received)
    if (tooLong) return `more than the ${file.size} bytes listed`
    const kind = digestKind(file.blob)
    if (kind === "none") return ""
    const digest = await partial.digest()
    return digest === file.blob ? "" : `${kind} ${digest}, listed as ${file.blob}`
  }
}

function strongEtag(response: HubResponse): string | undefined {
  const etag = response.headers.get("etag")
  return etag === null || etag.startsWith("W/") ? undefined : etag
}

/** Whether a 206 holds the bytes asked for, of a file of the listed size. */
function continuesAt(response: HubResponse, from: number, size: number): boolean {
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get("content-range") ?? "")
  return range !== null && Number(range[1]) === from && (range[2] === "*" || Number(range[2]) === size)
}

function rangeRefused(path: string): HubError {
  return new HubError(`${path}: the server no longer has the content that was begun.`, {
    code: "hub-server-error",
    fix: "Try again; the download starts anew.",
    transient: true,
  })
}

function endedEarly(file: HubFile, received: number): HubError {
  return new HubError(`${file.path}: the connection ended after ${received} of ${file.size} bytes.`, {
    code: "hub-unreachable",
    fix: "Check the connection and try again: what has arrived is kept.",
    transient: true,
  })
}
