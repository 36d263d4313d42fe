import type { Scene, SceneObject, Sprites, World } from "@llava/scenes"
import { encodePng } from "./encode-png.ts"
import { openSceneWorld, type SceneWorld } from "./scene-world.ts"

/** A thing in one of the nine thirds of a composed scene. */
export interface ComposedObject {
  kind: string
  cell: number
  size: number
  flipped: boolean
}

type Png = Uint8Array<ArrayBuffer>

/** The edge in pixels in which a single emoji is shown. */
const spriteEdge = 96
/** Settings look the same in the composer and in the picture that comes of it. */
const composedSeed = 1
const sampleQuestions = ["describe", "where", "at", "count-all", "yes-no", "setting"] as const
/** Tells these pictures from those of any evaluation. */
const sampleRun = 2026

/** Pictures of the world that the bundled model knows, as PNG files, each made once. */
export class ScenePictures {
  readonly #cacheFolder: string | undefined
  readonly #made = new Map<string, Promise<Png>>()
  #opened: Promise<SceneWorld> | undefined
  #sprites: Promise<Sprites> | undefined

  constructor(cacheFolder?: string) {
    this.#cacheFolder = cacheFolder
  }

  async world(): Promise<World> {
    return (await this.#open()).world
  }

  /** What the nine thirds are called, in the order of a composed object's `cell`. */
  async cellNames(): Promise<readonly string[]> {
    return (await this.#open()).scenes.zones
  }

  /** One kind of thing, with transparency around it. */
  kind(name: string): Promise<Png> {
    return this.#once(`kind ${name}`, async () =>
      encodePng((await this.#loadSprites()).sprite(name, { size: spriteEdge, flipped: false, angle: 0 })),
    )
  }

  /** A setting with nothing in it. */
  setting(name: string): Promise<Png> {
    return this.#once(`setting ${name}`, () => this.compose(name, []))
  }

  /** A composed scene, drawn as the training pictures of its world are. */
  async compose(setting: string, objects: readonly ComposedObject[]): Promise<Png> {
    const { scenes, world } = await this.#open()
    const corner = (third: number, size: number) => Math.round(((third + 0.5) * world.imageSize) / 3 - size / 2)
    const placed = objects
      .toSorted((a, b) => a.cell - b.cell)
      .map(({ kind, cell, size, flipped }): SceneObject => {
        const [left, top] = [corner(cell % 3, size), corner(Math.floor(cell / 3), size)]
        const middle = { x: left + size / 2, y: top + size / 2 }
        return { kind, left, top, size, ...middle, flipped, angle: 0, zone: scenes.zones[cell]! }
      })
    const scene: Scene = { world, seed: composedSeed, split: "test", setting, brightness: 1, objects: placed }
    return encodePng(scenes.drawScene(scene, await this.#loadSprites()).image)
  }

  /** A scene that no training has shown, by number. */
  sample(index: number): Promise<Png> {
    return this.#once(`sample ${index}`, async () => {
      const opened = await this.#open()
      const scene = sampleScene(opened, index)
      return encodePng(opened.scenes.drawScene(scene, await this.#loadSprites()).image)
    })
  }

  /** What can be said of such a scene, and asked. */
  async describeSample(index: number): Promise<{ caption: string; question: string }> {
    const { scenes, world } = await this.#open()
    const scene = sampleScene({ scenes, world }, index)
    const random = new scenes.SeededRandom(scene.seed, "sample")
    // Not every scene has a clear answer to every kind of question; that one to "what" all have.
    const kinds = [sampleQuestions[index % sampleQuestions.length]!, "what"] as const
    const [asked] = kinds.flatMap((kind) => scenes.askScene(scene, { form: "plain", random, count: 1, kinds: [kind] }))
    return {
      caption: scenes.sceneCaptions(scene, "plain")[1] ?? "A drawn scene.",
      question: asked?.question ?? "What is in this picture?",
    }
  }

  #once(name: string, make: () => Promise<Png>): Promise<Png> {
    const known = this.#made.get(name)
    if (known) return known
    const made = make()
    this.#made.set(name, made)
    made.catch(() => this.#made.delete(name))
    return made
  }

  #open(): Promise<SceneWorld> {
    this.#opened ??= openSceneWorld()
    return this.#opened
  }

  /** Emoji take a while to read, the first time: what can be said without them is said before. */
  #loadSprites(): Promise<Sprites> {
    this.#sprites ??= this.#open().then(({ scenes, world }) =>
      scenes.loadSprites(world, { cacheFolder: this.#cacheFolder }),
    )
    return this.#sprites
  }
}

function sampleScene({ scenes, world }: SceneWorld, index: number): Scene {
  // Several things at once make a better question.
  const scene = (attempt: number) =>
    scenes.makeScene(world, scenes.sceneSeed({ split: "test", run: sampleRun, index: index * 10 + attempt }))
  const several = Array.from({ length: 10 }, (_, attempt) => scene(attempt)).find(({ objects }) => objects.length > 1)
  return several ?? scene(0)
}
