import { getConnInfo } from "@hono/node-server/conninfo"
import type { Context } from "hono"

/** For `clientOf` of `createServer`: whoever asks from one address is one client. */
export function clientAddress(context: Context): string | undefined {
  return getConnInfo(context).remote.address
}
