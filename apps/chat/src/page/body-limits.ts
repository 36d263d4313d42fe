import type { ServerLimits } from "@llava/server"

/** How large and how slow the body of a request may be. */
export type BodyLimits = Pick<ServerLimits, "bodyBytes" | "bodySeconds">
