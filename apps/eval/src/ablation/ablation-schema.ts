import { promptFormats } from "@llava/eval"
import { z } from "zod"

/** A model that there is, or the parts of a new one. */
const modelSchema = z.union([
  z.strictObject({ name: z.string(), template: z.string().optional() }),
  z.strictObject({
    encoder: z.string(),
    languageModel: z.string(),
    projector: z.string().optional(),
    template: z.string().optional(),
    /** Hidden states of the encoder: -2 is the last but one. */
    selectLayer: z.union([z.int(), z.array(z.int()).min(1)]).optional(),
  }),
])

/** A data file, or how much of several. */
const dataSchema = z.union([
  z.string(),
  z.array(z.strictObject({ file: z.string(), share: z.number().gt(0).max(1).default(1) })).min(1),
])

const stageSchema = z.strictObject({
  /** A published recipe's name, or a file. */
  recipe: z.string(),
  data: dataSchema,
  images: z.string().optional(),
  /** Keys of the recipe. */
  set: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
})

const asked = {
  images: z.string().optional(),
  instruction: z.string().optional(),
  maxNewTokens: z.int().positive().optional(),
  /** The first so many questions only. */
  limit: z.int().positive().optional(),
}

const taskSchema = z.discriminatedUnion("task", [
  z.strictObject({
    task: z.literal("llava-bench"),
    ...asked,
    questions: z.string(),
    contexts: z.string(),
    rules: z.string(),
    reference: z.string(),
    judge: z.string(),
    baseUrl: z.string().optional(),
    judgeTemplate: z.string().optional(),
    temperature: z.number().min(0).optional(),
    maxTokens: z.int().positive().optional(),
    runs: z.int().positive().default(1),
    bothOrders: z.boolean().default(false),
  }),
  z.strictObject({
    task: z.literal("scienceqa"),
    ...asked,
    problems: z.string(),
    splits: z.string(),
    split: z.string().default("test"),
    /** `QCM-LEA` reasons first and `QCM-ALE` answers first; training data has to be made in the same format. */
    format: z.enum(promptFormats as [(typeof promptFormats)[number]]).default("QCM-LEA"),
  }),
  z.strictObject({
    task: z.literal("pope"),
    ...asked,
    questions: z.string(),
    annotations: z.record(z.string(), z.string()),
  }),
  z.strictObject({ task: z.enum(["vqa", "textvqa", "gqa"]), ...asked, questions: z.string(), annotations: z.string() }),
  z.strictObject({ task: z.literal("captions"), ...asked, questions: z.string(), references: z.string() }),
])

/** What one row of the table is: a model, the stages of its training in order, and what it is measured by. */
export const experimentSchema = z.strictObject({
  model: modelSchema,
  stages: z.record(z.string(), stageSchema).default({}),
  tasks: z.record(z.string(), taskSchema).refine((tasks) => Object.keys(tasks).length > 0, {
    error: "there is nothing to measure",
  }),
})

/**
 * A table of experiments. `base` is what they share; each row changes it by a merge patch (RFC 7396): what it names is
 * replaced, what it sets to null is taken away. So `{ "stages": { "align": null } }` leaves a stage out, and
 * `{ "model": { "selectLayer": -1 } }` shows the model another layer. Paths are relative to the file.
 */
export const ablationSchema = z.strictObject({
  name: z.string(),
  /** Chooses the samples of shares. */
  seed: z.int().default(0),
  base: z.record(z.string(), z.unknown()),
  rows: z
    .array(z.strictObject({ name: z.string().min(1), change: z.record(z.string(), z.unknown()).default({}) }))
    .min(1),
})

export type Ablation = z.infer<typeof ablationSchema>
export type AblationInput = z.input<typeof ablationSchema>
export type Experiment = z.infer<typeof experimentSchema>
export type Stage = z.infer<typeof stageSchema>
export type MeasuredTask = z.infer<typeof taskSchema>
