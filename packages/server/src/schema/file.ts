import { z } from "zod"

/** The form that uploads a file (`multipart/form-data`). */
export const fileUploadSchema = z
  .object({
    file: z.instanceof(Blob).meta({ type: "string", format: "binary" }),
    purpose: z.enum(["vision", "user_data"]),
  })
  .meta({ id: "FileUpload" })

export const fileSchema = z
  .object({
    id: z.string(),
    object: z.literal("file"),
    bytes: z.int().min(0),
    created_at: z.int(),
    expires_at: z.int(),
    filename: z.string(),
    purpose: z.string(),
    status: z.literal("processed"),
  })
  .meta({ id: "File" })

export type FileReply = z.output<typeof fileSchema>

export const fileListSchema = z
  .object({ object: z.literal("list"), data: z.array(fileSchema), has_more: z.literal(false) })
  .meta({ id: "FileList" })

export const fileDeletedSchema = z
  .object({ id: z.string(), object: z.literal("file"), deleted: z.literal(true) })
  .meta({ id: "FileDeleted" })
