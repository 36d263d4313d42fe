import { z } from "zod"

/** The form that an answer must have. */
export const responseFormatSchema = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("text") }),
    z.object({ type: z.literal("json_object") }),
    z.object({
      type: z.literal("json_schema"),
      json_schema: z.object({
        name: z.string().regex(/^[\w-]{1,64}$/, "At most 64 letters, digits, underscores and dashes"),
        description: z.string().optional(),
        schema: z.union([z.record(z.string(), z.unknown()), z.boolean()]).optional(),
        strict: z.boolean().nullish(),
      }),
    }),
  ])
  .meta({ id: "ResponseFormat" })

export type ResponseFormat = z.output<typeof responseFormatSchema>
