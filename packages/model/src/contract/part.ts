import type { Tokenizer } from "@llava/core"
import type { Device } from "@llava/tensor"
import type { LanguageModel } from "./language-model.ts"
import type { Projector } from "./projector.ts"
import type { StandardSchema } from "./standard-schema.ts"
import type { VisionEncoder } from "./vision-encoder.ts"

/** Files of a model folder by name, each with a way to read it whole. */
export type TokenizerFiles = ReadonlyMap<string, () => Promise<Uint8Array>>

/** Where a tensor of a GGUF file goes. */
export interface GgufTarget {
  /** The parameter's path in the module. */
  path: string
  /** Source row of each row, where the format stores rows in another order. */
  rowOrder?: Int32Array
}

/** The stored shape of a tensor of the file, outermost dimension first; undefined where there is none. */
export type GgufShapes = (name: string) => readonly number[] | undefined

/** How a part is found in GGUF files. */
export interface GgufKeys<Config> {
  /** `general.architecture` of the file: `llama`, `clip`. */
  architecture: string
  /** The same as the part's entry in config.json, from the file's key/value pairs and the shapes of its tensors. */
  config(metadata: Readonly<Record<string, unknown>>, shapeOf: GgufShapes): unknown
  /** Undefined for tensors that are not the part's. */
  target(name: string, config: Config, shapeOf: GgufShapes): GgufTarget | undefined
}

/** What parts of every kind have in common. */
export interface PartBase<Kind extends string, Config, Built> {
  readonly kind: Kind
  /** Matches `model_type` (or the projector's type) in config.json. */
  readonly modelType: string | RegExp
  readonly configSchema: StandardSchema<Config>
  build(config: Config, device: Device): Built
  /**
   * Standard deviation that a parameter of a new part begins with, by its path; norms begin at one and zero. Default, and
   * where undefined: as PyTorch's linear layers begin.
   */
  initialDeviation?(path: string, config: Config): number | undefined
  /** Tensor name in a file, without the prefix of the part, to parameter path; undefined to ignore. Default: equal. */
  keys?(name: string, config: Config): string | undefined
  readonly gguf?: GgufKeys<Config>
  /** Parameters that files may lack, because a LLaVA does not use them. */
  optional?(path: string): boolean
  /** Configs of published models by hub id, for checkpoints that carry the weights but only name the config. */
  readonly published?: Readonly<Record<string, unknown>>
  /** Opens the tokenizer of a model folder; language models bring it. `pathOf` is what messages call a file. */
  loadTokenizer?(files: TokenizerFiles, pathOf?: (name: string) => string): Promise<Tokenizer>
  /** Opens the tokenizer inside a GGUF file. */
  ggufTokenizer?(metadata: Readonly<Record<string, unknown>>, file: string): Tokenizer
  /** The same tokenizer as files of a model folder, which saving needs. */
  ggufTokenizerFiles?(metadata: Readonly<Record<string, unknown>>, file: string): TokenizerFiles
}

/** A `VisionEncoder` as it is published; built from `vision_config`, or the config.json of its own folder. */
export type VisionEncoderPart<Config = unknown> = PartBase<"vision-encoder", Config, VisionEncoder>
/** A `Projector` as it is published; built from a `ProjectorConfig`. */
export type ProjectorPart<Config = unknown> = PartBase<"projector", Config, Projector>
/** A `LanguageModel` as it is published; built from `text_config`, or the config.json of a language model alone. */
export type LanguageModelPart<Config = unknown> = PartBase<"language-model", Config, LanguageModel>

/** A part as it is published: what it is called, how its config is read, how it is built and its tensors are named. */
export type Part = VisionEncoderPart | ProjectorPart | LanguageModelPart

/** Helps inference: `export const myEncoder = definePart({ kind: "vision-encoder", ... })`. */
export function definePart<Config, Kind extends Part["kind"], Built>(
  part: PartBase<Kind, Config, Built>,
): PartBase<Kind, Config, Built> {
  return part
}
