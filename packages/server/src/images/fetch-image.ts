import { requestAddress } from "#platform/request-address"
import { ApiError } from "../error/api-error.ts"
import type { ServerLimits } from "../server-limits.ts"
import type { ImageUrls } from "../server-options.ts"
import type { AddressReply } from "./request-address.ts"

const REDIRECTS = 3
const redirecting = new Set([301, 302, 303, 307, 308])

export interface FetchImageOptions {
  imageUrls: ImageUrls
  limits: Pick<ServerLimits, "imageBytes" | "imageSeconds">
  signal: AbortSignal
}

/**
 * Downloads an image by http(s), following at most three redirects, each of which is checked like the first address.
 * Errors: ApiError 400, which tells of the address no more than the request did.
 */
export async function fetchImage(address: URL, { imageUrls, limits, signal }: FetchImageOptions): Promise<Uint8Array> {
  if (imageUrls === "none") {
    throw refused(
      "This server does not fetch images by address",
      "Send the image as a data URL, or upload it to /v1/files.",
    )
  }
  const late = AbortSignal.timeout(limits.imageSeconds * 1000)
  const options = { onlyPublic: imageUrls === "public", signal: AbortSignal.any([signal, late]) }
  try {
    const reply = await follow(address, options)
    return await readAtMost(reply, limits.imageBytes)
  } catch (cause) {
    signal.throwIfAborted()
    if (cause instanceof ApiError) throw cause
    const why = late.aborted ? `it took more than ${limits.imageSeconds} seconds` : messageOf(cause)
    throw refused(`The image could not be fetched: ${why}`, "Send it as a data URL.", cause)
  }
}

async function follow(first: URL, options: { onlyPublic: boolean; signal: AbortSignal }): Promise<AddressReply> {
  let address = first
  for (let redirects = 0; ; redirects++) {
    if (!/^https?:$/.test(address.protocol) || address.username !== "" || address.password !== "") {
      throw new Error("only http and https addresses without a user are fetched")
    }
    const reply = await requestAddress(address, options)
    if (reply.status === 200) return reply
    reply.cancel()
    const location = redirecting.has(reply.status) ? reply.header("location") : undefined
    if (location === undefined) throw new Error(`the server answered ${reply.status}`)
    if (redirects === REDIRECTS) throw new Error(`there were more than ${REDIRECTS} redirects`)
    address = new URL(location, address)
  }
}

async function readAtMost(reply: AddressReply, maxBytes: number): Promise<Uint8Array> {
  try {
    const encoding = reply.header("content-encoding") ?? "identity"
    if (encoding !== "identity") throw new Error(`it was sent as ${encoding}`)
    if (Number(reply.header("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes)
    const pieces: Uint8Array<ArrayBuffer>[] = []
    let size = 0
    for await (const piece of reply.body) {
      size += piece.length
      if (size > maxBytes) throw tooLarge(maxBytes)
      pieces.push(Uint8Array.from(piece))
    }
    return new Uint8Array(await new Blob(pieces).arrayBuffer())
  } finally {
    reply.cancel()
  }
}

function tooLarge(maxBytes: number): Error {
  return new Error(`it has more than ${maxBytes} bytes`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function refused(message: string, fix: string, cause?: unknown): ApiError {
  return new ApiError(`${message}.`, { status: 400, code: "invalid_image_url", param: "messages", fix, cause })
}
