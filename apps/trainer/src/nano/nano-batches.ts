import type { ImageTextBatch } from "@llava/clip"
import { encodeForTraining, normalizeImage } from "@llava/core"
import type { Llava } from "@llava/model"
import {
  type DrawSceneOptions,
  drawScene,
  findSetting,
  makeScene,
  type Scene,
  SeededRandom,
  type Sprites,
  sceneSeed,
  type World,
  zones,
} from "@llava/scenes"
import type { PreparedSample } from "@llava/train"
import { castColours } from "./cast-colours.ts"
import { nanoImageSpec } from "./nano-configs.ts"
import { type NanoDesign, nanoDesign } from "./nano-design.ts"
import { aboutThings, type NanoDialogue, nanoQuestions } from "./nano-questions.ts"
import { nanoWords } from "./nano-words.ts"
import { randomBackdrop } from "./random-backdrop.ts"

/** Share of the pictures with words that are in another light: a thing is the same before whatever setting. */
const CAST = 0.5
/** Questions about one scene in a row, at most. */
const QUESTIONS = 5
/** Tokens of a row beside the picture: rows of one length leave little to padding. */
const ROW = 58
/** Tokens of a turn beside its words: who speaks, twice, and the end. */
const MARKS = 3

export interface NanoBatchesOptions {
  world: World
  sprites: Sprites
  /** The whole model: its tokenizer and template. */
  llava: Llava
  /** Tells scenes of one seed from those of another. */
  seed: number
  dialogues?: NanoDesign["dialogues"]
}

/** Batches of every phase, made from the number of a step: each scene is seen once. */
export class NanoBatches {
  readonly #options: NanoBatchesOptions
  readonly #words: readonly string[]
  readonly #cells: ReadonlyMap<string, number>

  constructor(options: NanoBatchesOptions) {
    this.#options = options
    const { world, llava } = options
    this.#words = nanoWords(world)
    this.#cells = new Map(this.#words.map((word) => [word, singleToken(llava, spoken(word, world))]))
  }

  /**
   * Pictures, some in another light, each with the things and the setting that it shows; the share `backdrops` of them with
   * things alone, before what is no setting.
   */
  pictureText(step: number, batchSize: number, { backdrops }: { backdrops: number }): ImageTextBatch {
    const shown = this.#scenes("picture-text", step, batchSize).map((scene) => {
      const random = new SeededRandom(scene.seed, "light")
      const isCast = random.chance(CAST)
      const layers = random.chance(backdrops) ? randomBackdrop(random) : undefined
      const pixels = this.#pixels(scene, layers && { layers })
      return { scene, layers, pixels: isCast ? castColours(pixels, random) : pixels }
    })
    return {
      images: shown.map(({ pixels }) => pixels),
      texts: shown.map(({ scene: { objects, setting }, layers }) =>
        [...new Set([...objects.map(({ kind }) => kind), ...(layers ? [] : [setting])])].map((word) =>
          this.#words.indexOf(word),
        ),
      ),
    }
  }

  /** Dialogues about maps: in place of the picture nine words as their ids, what each part of it shows. */
  maps(step: number, batchSize: number): PreparedSample[] {
    return this.#scenes("language", step, batchSize).map((scene) => {
      const cells = zones.map((zone) => {
        const found = scene.objects.find((object) => object.zone === zone)
        return this.#cells.get(found?.kind ?? scene.setting)!
      })
      const dialogue = this.#dialogue(scene, this.#dialogues.language)
      return { id: scene.seed, ...dialogue, images: [Float32Array.from(cells)] }
    })
  }

  /** Dialogues about pictures; the share `backdrops` of them about things alone, before what is no setting. */
  pictures(
    phase: "stage1" | "stage2",
    step: number,
    batchSize: number,
    { backdrops = 0 }: { backdrops?: number } = {},
  ): PreparedSample[] {
    const dialogue = this.#dialogues[phase]
    return this.#scenes(phase, step, batchSize).map((scene) => {
      const random = new SeededRandom(scene.seed, "backdrop")
      if (!random.chance(backdrops)) return this.#aboutPicture(scene, dialogue)
      return this.#aboutPicture(scene, aboutThings(dialogue), { layers: randomBackdrop(random) })
    })
  }

  /** Dialogues about pictures that no phase shows. */
  heldOut(count: number, dialogue: NanoDialogue): PreparedSample[] {
    const { world, seed } = this.#options
    return Array.from({ length: count }, (_, index) =>
      this.#aboutPicture(makeScene(world, sceneSeed({ split: "validation", run: seed, index })), dialogue),
    )
  }

  get #dialogues(): NanoDesign["dialogues"] {
    return this.#options.dialogues ?? nanoDesign.dialogues
  }

  #aboutPicture(scene: Scene, dialogue: NanoDialogue, options?: DrawSceneOptions): PreparedSample {
    return { id: scene.seed, ...this.#dialogue(scene, dialogue), images: [this.#pixels(scene, options)] }
  }

  #scenes(phase: keyof typeof runs, step: number, batchSize: number): Scene[] {
    const { world, seed } = this.#options
    const run = seed * Object.keys(runs).length + runs[phase]
    return Array.from({ length: batchSize }, (_, i) =>
      makeScene(world, sceneSeed({ split: "train", run, index: (step - 1) * batchSize + i })),
    )
  }

  #pixels(scene: Scene, options?: DrawSceneOptions): Float32Array {
    return normalizeImage(drawScene(scene, this.#options.sprites, options).image, nanoImageSpec)
  }

  #dialogue(scene: Scene, dialogue: NanoDialogue): { ids: readonly number[]; labels: readonly number[] } {
    const { template, tokenizer } = this.#options.llava
    let tokens = 1
    const conversations: { from: "human" | "gpt"; value: string }[] = []
    for (const { question, answer } of nanoQuestions(scene, QUESTIONS, dialogue)) {
      for (const text of [question, answer]) tokens += tokenizer.encode(text, { addSpecialTokens: false }).length
      tokens += MARKS
      const isFirst = conversations.length === 0
      if (tokens > ROW && !isFirst) break
      conversations.push({ from: "human", value: isFirst ? `<image>${question}` : question })
      conversations.push({ from: "gpt", value: answer })
    }
    return encodeForTraining({
      sample: { id: scene.seed, image: "scene", conversations },
      ...{ template, tokenizer, imageTokenId: this.#options.llava.options.imageTokenId },
    })
  }
}

const runs = { "picture-text": 0, language: 1, stage1: 2, stage2: 3 }

const spoken = (word: string, world: World) => (world.settings.includes(word) ? findSetting(word).place : word)

function singleToken({ tokenizer }: Llava, text: string): number {
  const ids = tokenizer.encode(text, { addSpecialTokens: false })
  if (ids.length === 1) return ids[0]!
  throw new Error(`The tokenizer splits '${text}'.`)
}
