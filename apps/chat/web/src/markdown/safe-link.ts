/** The address of a link in an answer where it leads to a page or a mailbox; a model may write anything. */
export function safeLink(address: string): string | undefined {
  try {
    const { protocol, href } = new URL(address)
    return ["http:", "https:", "mailto:"].includes(protocol) ? href : undefined
  } catch {
    return undefined
  }
}
