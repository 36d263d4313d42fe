import { z } from "zod"

const fraction = z.number().min(0).max(1)
const count = z.int().positive()

const optimizerSchema = z
  .strictObject({
    kind: z.enum(["adamw", "sgd", "muon"]).default("adamw"),
    betas: z.tuple([fraction, fraction]).default([0.9, 0.999]),
    epsilon: z.number().positive().default(1e-8),
    /**
     * How AdamW keeps its moments: f32 (8 bytes a weight), 8bit (2 bytes, with a scale for every 256 weights), or
     * factored (4 bytes: the second moment of matrices by rows and columns).
     */
    state: z.enum(["f32", "8bit", "factored"]).default("f32"),
    /** Of sgd and muon. */
    momentum: fraction.optional(),
    /** Learning rate of the matrices that muon orthogonalises, as a multiple of that of everything else. */
    matrixRate: z.number().positive().default(1),
    weightDecay: z.number().min(0).default(0),
    /** Patterns of parameters without decay, beside biases and norms, which have none. */
    withoutDecay: z.array(z.string()).default([]),
  })
  .prefault({})

const scheduleSchema = z
  .strictObject({
    kind: z.enum(["constant", "linear", "cosine"]).default("cosine"),
    /** One of the two; steps win. */
    warmupRatio: fraction.default(0.03),
    warmupSteps: z.int().min(0).optional(),
    /** Part of the peak rate that is left at the end. */
    minimum: fraction.default(0),
  })
  .prefault({})

const loraSchema = z.strictObject({
  rank: count.default(128),
  alpha: z.number().positive().default(256),
  dropout: fraction.default(0.05),
  /** Patterns of linear layers of the language model. */
  targets: z
    .array(z.string())
    .min(1)
    .default(["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]),
})

/** Rows of a table of embeddings, by token, that are trained where the others are not. */
const rowsSchema = z.strictObject({
  /** Pattern of the table. */
  match: z.string(),
  tokens: z.array(z.string()).min(1),
  /** Trains nothing of it where the tokenizer has none of these tokens; otherwise that is an error. */
  optional: z.boolean().default(false),
})

/**
 * A training run as data: what is trained, on what, how. The defaults are those of the published LLaVA runs where
 * those have one. Patterns match a parameter's path (`projector.linear_1.weight`,
 * `language_model.model.layers.0.self_attn.q_proj.weight`) from its beginning or from a dot, up to a dot or its end;
 * `*` stands for anything.
 */
export const recipeSchema = z.strictObject({
  name: z.string().default("custom"),
  /** Patterns of the parameters that are trained, or of tables with their trained rows; factors of `lora` come besides. */
  train: z.array(z.union([z.string(), rowsSchema], { error: "neither a pattern nor { match, tokens, optional }" })),
  lora: loraSchema.optional(),
  /** A published conversation template; the model's own unless given, or where null. */
  template: z.string().nullable().default(null),
  /** Where the image goes in a turn: `front` as LLaVA does, or where the data has it. */
  imagePlacement: z.enum(["front", "in-place"]).default("front"),
  /** Pictures that are not square are cut or padded; as the model has it where null. */
  imageAspectRatio: z.enum(["square", "pad"]).nullable().default(null),
  /** Passes over the data; `steps`, if given, count instead. */
  epochs: z.number().positive().default(1),
  steps: count.optional(),
  /** Samples per step. */
  batchSize: count.default(128),
  /** Samples on the GPU at once; the rest is accumulated. */
  microBatchSize: count.optional(),
  /** Tokens, image tokens included, at which a sample is cut; the model's own limit unless given. */
  maxLength: count.optional(),
  learningRate: z.number().positive(),
  /** Other learning rates for some parameters; of several matches the last counts. */
  learningRates: z.array(z.strictObject({ match: z.string(), learningRate: z.number().min(0) })).default([]),
  optimizer: optimizerSchema,
  schedule: scheduleSchema,
  /**
   * `mixed`: products of linear layers read their trained weights rounded to f16, half the bytes; sums, activations,
   * gradients and the weights that the optimizer changes stay f32.
   */
  precision: z.enum(["f32", "mixed"]).default("f32"),
  /** Length to which all gradients together are cut; null for none. */
  clipNorm: z.number().positive().nullable().default(1),
  /** `tokens`: every learned token of a step counts alike. `means`: every micro-batch does, as in the original code. */
  lossWeighting: z.enum(["tokens", "means"]).default("tokens"),
  /** Samples of a batch are of like length, or of like length and all with or all without images. */
  grouping: z.enum(["none", "length", "modality-length"]).default("none"),
  /** Put short samples of a micro-batch into one row, up to the length limit, so that little is padding. */
  packing: z.boolean().default(false),
  /** Compute each block of the language model again on the way back, instead of keeping it. */
  recompute: z.boolean().default(false),
  seed: z.int().min(0).default(42),
  /** Leave out samples that cannot be used, and list them at the end, instead of stopping. */
  skipBad: z.boolean().default(false),
  checkpointEvery: count.default(100),
  keepCheckpoints: count.default(2),
  /** Steps between losses over the validation data, where there is some. */
  validateEvery: count.default(100),
  /** Stop once the validation loss has not come below its least so many times in a row. */
  patience: count.optional(),
  /** Steps between answers about a few samples. */
  generateEvery: count.optional(),
})

/** A recipe with every number filled in. */
export type Recipe = z.output<typeof recipeSchema>
/** A recipe as it is written: what is left out has a default. */
export type RecipeInput = z.input<typeof recipeSchema>
