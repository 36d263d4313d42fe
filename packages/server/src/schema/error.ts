import { z } from "zod"

/** OpenAI's error object. */
export const errorSchema = z
  .object({
    error: z.object({
      message: z.string(),
      type: z.enum(["invalid_request_error", "rate_limit_error", "server_error"]),
      param: z.string().nullable(),
      code: z.string().nullable(),
    }),
  })
  .meta({ id: "Error" })

export type ErrorReply = z.output<typeof errorSchema>
