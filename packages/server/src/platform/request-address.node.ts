import { lookup as resolve } from "node:dns"
import { type IncomingMessage, request as requestHttp } from "node:http"
import { request as requestHttps } from "node:https"
import { isIP, type LookupFunction } from "node:net"
import { isPublicAddress } from "../guard/is-public-address.ts"
import { PrivateAddress } from "../images/private-address.ts"
import type { AddressReply, RequestAddress } from "../images/request-address.ts"

/**
 * Asks one address once, following nothing. With `onlyPublic` the check is made on what the name resolves to at the moment
 * of connecting, so that a name which is public for a check and private afterwards does not get through.
 */
export const requestAddress: RequestAddress = async (address, { onlyPublic, signal }) => {
  const host = address.hostname.replace(/^\[|\]$/g, "")
  // Connecting to an address looks nothing up.
  if (onlyPublic && isIP(host) !== 0 && !isPublicAddress(host)) throw new PrivateAddress()
  const request = address.protocol === "https:" ? requestHttps : requestHttp
  const message = await new Promise<IncomingMessage>((done, reject) => {
    request(address, {
      agent: false,
      signal,
      headers: { accept: "image/*", "accept-encoding": "identity" },
      ...(onlyPublic && { lookup: lookupPublic }),
    })
      .once("response", done)
      .once("error", reject)
      .end()
  })
  return replyOf(message)
}

const lookupPublic: LookupFunction = (host, options, callback) => {
  resolve(host, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, [])
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new PrivateAddress(), [])
    }
    if (options.all) return callback(null, addresses)
    callback(null, addresses[0]!.address, addresses[0]!.family)
  })
}

function replyOf(message: IncomingMessage): AddressReply {
  return {
    status: message.statusCode ?? 0,
    header: (name) => {
      const value = message.headers[name]
      return Array.isArray(value) ? value[0] : value
    },
    body: message,
    cancel: () => message.destroy(),
  }
}
