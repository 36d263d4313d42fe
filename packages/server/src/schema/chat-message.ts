import { z } from "zod"

const textPart = z.object({ type: z.literal("text"), text: z.string() })

const imageUrl = z.object({
  url: z.string().describe("A data URL, an http(s) address where the server fetches those, or the id of a file."),
  detail: z.string().optional().describe("Taken and ignored: a model sees every image at its own resolution."),
})

const imageUrlPart = z.object({ type: z.literal("image_url"), image_url: imageUrl })

const filePart = z.object({
  type: z.literal("file"),
  file: z
    .object({ file_id: z.string().optional(), file_data: z.string().optional(), filename: z.string().optional() })
    .refine(({ file_id, file_data }) => (file_id === undefined) !== (file_data === undefined), {
      message: "Give either file_id or file_data (a data URL)",
    }),
})

/** A part of a user's message. */
export const contentPartSchema = z
  .discriminatedUnion("type", [textPart, imageUrlPart, filePart])
  .meta({ id: "ContentPart" })

export type RequestPart = z.output<typeof contentPartSchema>

const text = z.union([z.string(), z.array(textPart).min(1)])
const name = z.string().nullish()

export const chatMessageSchema = z
  .discriminatedUnion("role", [
    z.object({ role: z.enum(["system", "developer"]), content: text, name }),
    z.object({ role: z.literal("user"), content: z.union([z.string(), z.array(contentPartSchema).min(1)]), name }),
    z.object({ role: z.literal("assistant"), content: text, name }),
  ])
  .meta({ id: "Message" })

export type RequestMessage = z.output<typeof chatMessageSchema>
