import { z } from "zod"

/** An id of any file: numbers and strings name the same thing. */
export const idSchema = z.union([z.string(), z.number()]).transform((id) => String(id).trim())
