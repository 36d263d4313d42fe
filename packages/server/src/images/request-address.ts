/** What an address answers. Either the body is read to its end or `cancel` is called. */
export interface AddressReply {
  status: number
  /** By its name in small letters. */
  header(name: string): string | undefined
  body: AsyncIterable<Uint8Array>
  cancel(): void
}

/** Asks one http(s) address once, following nothing. Errors: PrivateAddress, and whatever the network has to say. */
export type RequestAddress = (
  address: URL,
  options: { onlyPublic: boolean; signal: AbortSignal },
) => Promise<AddressReply>
