import type { WeightDType } from "@llava/model"

/** What the command line asks for. */
export interface TrainerOptions {
  /** A published recipe's name, or a file. */
  recipe: string
  /** A model to go on with, or else the parts of a new one. */
  model?: string
  encoder?: string
  languageModel?: string
  projector?: string
  /** Hidden states of a new model's encoder. */
  selectLayer?: readonly number[]
  /** Pictures of a new model stand between two tokens of their own. */
  imageStartEnd: boolean
  template?: string
  dtype?: WeightDType
  /** ES modules. */
  part: string[]
  data: string
  images?: string
  validation?: string
  /** Given unless the run is only looked at beforehand. */
  output?: string
  /** `key=value` */
  set: string[]
  featureCache?: string
  tensorboard: boolean
  restart: boolean
  skipBad: boolean
  dryRun: boolean
  estimateMemory: boolean
  port?: number
  offline: boolean
  adapter?: string
  verbose: boolean
}
