import { type ClipVisionTower, clipVision, TokenWiseClip } from "@llava/clip"
import type { Tokenizer } from "@llava/core"
import { LlamaLanguageModel, llamaConfigSchema, loadTokenizerFiles } from "@llava/llama"
import { composeLlava, initialiseModule, type Llava, newEncoder, newProjector } from "@llava/model"
import { mlpProjector } from "@llava/projector"
import type { World } from "@llava/scenes"
import { type Device, Tensor } from "@llava/tensor"
import { nanoImageSpec, nanoLanguageConfig, nanoVisionConfig } from "./nano-configs.ts"
import { type NanoDesign, nanoDesign } from "./nano-design.ts"
import { nanoFiles } from "./nano-files.ts"
import { nanoMeaning } from "./nano-meaning.ts"
import { nanoTemplate } from "./nano-template.ts"
import { nanoWords } from "./nano-words.ts"
import { placeTerm } from "./place-term.ts"

/** All that is trained, from random weights. */
export interface NanoParts {
  /** The image tower beside the table of words that it learns with. */
  clip: TokenWiseClip
  /** The language model alone. */
  reader: Llava
  /** The whole: the same tower and language model with a projector between them. It owns nothing. */
  llava: Llava
}

/** Standard deviation of the embeddings at the start: of the size that a residual stream of width 128 ends with. */
const EMBEDDING_DEVIATION = 0.5

export interface NewNanoPartsOptions {
  seed: number
  world: World
  tokenizerJson: string
  design?: Pick<NanoDesign, "size" | "projector" | "selectLayer">
}

/** A nano that has learned nothing yet, the same for the same seed. */
export async function newNanoParts(
  device: Device,
  { seed, world, tokenizerJson, design = nanoDesign }: NewNanoPartsOptions,
): Promise<NanoParts> {
  const tokenizer = await readTokenizer(tokenizerJson)
  const words = nanoWords(world).length
  const visionConfig = nanoVisionConfig(design.size)
  const encoder = await newEncoder(visionConfig, { device, parts: [clipVision], seed })
  const visionModel = encoder.encoder as ClipVisionTower
  const clip = new TokenWiseClip({ visionModel, words, projectionDim: visionConfig.projection_dim })
  for (const module of [clip.token_embedding, clip.visual_projection, clip.text_projection])
    initialiseModule(module, device, seed, (path) =>
      path === "weight" && module === clip.token_embedding ? 0.02 : undefined,
    )
  // CLIP's: a temperature of 0.07.
  clip.logit_scale.set(Tensor.from(device, Float32Array.of(Math.log(1 / 0.07)), []))
  await tellPlaces(visionModel)
  const config = nanoLanguageConfig(tokenizer.vocabSize, design.size)
  const languageModel = new LlamaLanguageModel(llamaConfigSchema.parse(config), device)
  initialiseModule(languageModel, device, seed, deviation)
  await alikeQueriesAndKeys(languageModel)
  await alikeWords(languageModel, { tokenizer, world })
  const made = await newProjector(design.projector, {
    ...{ device, parts: [mlpProjector], seed },
    ...{ featureSize: visionModel.featureSize, hiddenSize: languageModel.hiddenSize },
  })
  const template = nanoTemplate()
  const language = { config, tensors: new Map() }
  const common = { device, languageModel, tokenizer, template }
  return {
    clip,
    reader: composeLlava({ ...common, source: { languageModel: language } }),
    llava: composeLlava({
      ...common,
      ...{ encoder: visionModel, projector: made.projector, imageSpec: nanoImageSpec },
      ...{ selectLayers: [design.selectLayer], selectFeature: "patch", imageTokenId: tokenizer.tokenId("<image>") },
      endTokenIds: [config.eos_token_id],
      source: { encoder: encoder.source, projector: made.source, languageModel: language },
    }),
  }
}

/** How strongly positions stand out of patches at the start. */
const PLACES = 0.3

/** Position embeddings of the tower begin with rows and columns: nothing in its own task would teach it these. */
async function tellPlaces(tower: ClipVisionTower): Promise<void> {
  const { weight } = tower.embeddings.position_embedding
  const values = Float32Array.from((await weight.tensor.read()) as Float32Array)
  const size = tower.featureSize
  // The class token, in front, has no place.
  for (const [index, value] of placeTerm(size).entries()) values[size + index] = PLACES * value
  weight.set(Tensor.from(tower.embeddings.position_embedding.weight.tensor.device, values, weight.shape))
}

/** Half of the heads begin with equal queries and keys: they find the word again that they stand on. */
async function alikeQueriesAndKeys({ model }: LlamaLanguageModel): Promise<void> {
  for (const { self_attn } of model.layers) {
    const { q_proj, k_proj } = self_attn
    const queries = (await q_proj.weight.tensor.read()) as Float32Array
    const keys = Float32Array.from((await k_proj.weight.tensor.read()) as Float32Array)
    keys.set(queries.subarray(0, keys.length / 2))
    k_proj.weight.set(Tensor.from(k_proj.weight.tensor.device, keys, k_proj.weight.shape))
  }
}

/** Share of an embedding that tokens of one meaning begin with in common. */
const ALIKE = 0.9
/** What the head begins with of the embeddings. */
const HEAD = 0.1

/**
 * Forms of one word, and phrases that name one place, begin close to each other, and the head begins as the embeddings: what
 * is learned of one is then soon known of all, and what attention finds can be said.
 */
async function alikeWords(
  { model, lm_head }: LlamaLanguageModel,
  { tokenizer, world }: { tokenizer: Tokenizer; world: World },
): Promise<void> {
  const { weight } = model.embed_tokens
  const { device } = weight.tensor
  const size = weight.shape[1]!
  const rows = Float32Array.from((await weight.tensor.read()) as Float32Array) // [vocabulary, size]
  const own = Float32Array.from(rows)
  const firstOf = new Map<string, number>()
  for (let id = 0; id < tokenizer.vocabSize; id++) {
    const meaning = nanoMeaning(tokenizer.decode([id]), world)
    if (meaning === undefined) continue
    const first = firstOf.get(meaning) ?? id
    firstOf.set(meaning, first)
    if (first === id) continue
    for (let i = 0; i < size; i++) {
      rows[id * size + i] = ALIKE * own[first * size + i]! + Math.sqrt(1 - ALIKE ** 2) * own[id * size + i]!
    }
  }
  weight.set(Tensor.from(device, rows, weight.shape))
  lm_head?.weight.set(
    Tensor.from(
      device,
      rows.map((value) => HEAD * value),
      weight.shape,
    ),
  )
}

const deviation = (path: string) => (path.includes("embed_tokens") ? EMBEDDING_DEVIATION : undefined)

async function readTokenizer(tokenizerJson: string): Promise<Tokenizer> {
  const encoder = new TextEncoder()
  return loadTokenizerFiles(
    new Map([...nanoFiles(tokenizerJson)].map(([name, text]) => [name, async () => encoder.encode(text)])),
  )
}
