import { z } from "zod"
import { kinds } from "../kinds/kinds.ts"
import { settings } from "../settings/settings.ts"

const whole = z.number().int().positive()
const range = (value: z.ZodNumber) =>
  z
    .object({ minimum: value, maximum: value })
    .refine(({ minimum, maximum }) => minimum <= maximum, "minimum is above maximum")
const known = (names: ReadonlyMap<string, unknown>, what: string) =>
  z.string().refine((name) => names.has(name), { error: ({ input }) => `no such ${what}: ${JSON.stringify(input)}` })

/** What scenes of a world are drawn from. All lengths are in pixels. */
export const worldSchema = z.object({
  name: z.string().min(1),
  /** Edge of the square picture. */
  imageSize: whole.min(32).max(2048),
  /** Names of kinds; they must be at least as many as objects in a scene. */
  kinds: z.array(known(kinds, "kind of object")).min(2),
  settings: z.array(known(settings, "setting")).min(1),
  objects: range(whole),
  /** The chance of each object after the first to be of a kind that is there already. */
  repeatChance: z.number().min(0).max(1).default(0.3),
  /** Edge of the square that an object's emoji fills. */
  objectSize: range(whole.min(8)),
  placement: z.discriminatedUnion("type", [
    /** At most one object a cell, at most `jitter` away from its middle. */
    z.object({ type: z.literal("grid"), rows: whole, columns: whole, jitter: z.number().int().nonnegative() }),
    /** Anywhere; squares of two objects may cover each other by this share of their mean edge in each direction. */
    z.object({ type: z.literal("free"), overlap: z.number().min(0).max(0.5) }),
  ]),
  /** Whether objects may be mirrored. */
  flips: z.boolean().default(true),
  /** Objects are turned by at most this many degrees, in steps of 15. */
  rotation: z.number().min(0).max(180).default(0),
  /** Factor on all colours. */
  brightness: range(z.number().positive().max(2)).default({ minimum: 0.85, maximum: 1.1 }),
  /** Share of the combinations of kind and setting that only the split `unseen` shows. */
  heldOut: z.number().min(0).max(0.5).default(0.1),
})

export type World = z.output<typeof worldSchema>
