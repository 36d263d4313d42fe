import { PrivateAddress } from "../images/private-address.ts"
import type { RequestAddress } from "../images/request-address.ts"

/** Without Node nothing tells what a name resolves to: only servers that may ask any address fetch images. */
export const requestAddress: RequestAddress = async (address, { onlyPublic, signal }) => {
  if (onlyPublic) throw new PrivateAddress()
  const response = await fetch(address, { redirect: "manual", signal, headers: { accept: "image/*" } })
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    body: bytesOf(response),
    cancel: () => {
      response.body?.cancel().catch(() => undefined)
    },
  }
}

async function* bytesOf({ body }: Response): AsyncGenerator<Uint8Array, void> {
  const reader = body?.getReader()
  if (!reader) return
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value
}
