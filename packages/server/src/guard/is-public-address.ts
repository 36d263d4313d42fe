import ipaddr from "ipaddr.js"

/** Answers requests of machines in Azure about themselves, though it looks like any public address. */
const azureMetadata = "168.63.129.16"

/**
 * Whether an IP address belongs to the public internet: not to this machine, a private network, a link or a cloud's
 * metadata service, in whatever form it is written. IPv6 addresses that stand for IPv4 ones count as those where they are
 * mapped, and as not public where a gateway would translate them (NAT64, 6to4, Teredo).
 */
export function isPublicAddress(text: string): boolean {
  // A zone names an interface of this machine.
  if (text.includes("%") || !ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  if (address.toString() === azureMetadata) return false
  if (address.range() !== "unicast") return false
  // Of IPv6 only 2000::/3 is given out; what lies outside is reserved, or an old form such as ::127.0.0.1.
  return address.kind() === "ipv4" || (address.toByteArray()[0]! & 0xe0) === 0x20
}
