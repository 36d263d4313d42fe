import { z } from "zod"

export const healthSchema = z
  .object({ status: z.enum(["ok", "stopping"]), models: z.array(z.string()) })
  .meta({ id: "Health" })
