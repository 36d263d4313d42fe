import type { TokenWiseClip } from "@llava/clip"
import { normalizeImage } from "@llava/core"
import { drawScene, makeScene, type Scene, type Split, type Sprites, sceneSeed, type World, zones } from "@llava/scenes"
import { type Device, slice, type Tensor, Tensor as Tensors } from "@llava/tensor"
import { nanoImageSpec } from "../nano-configs.ts"
import { nanoWords } from "../nano-words.ts"
import { type Proportion, proportion } from "./proportion.ts"
import { retrievePairs } from "./retrieve-pairs.ts"
import { ridgeClasses } from "./ridge-classes.ts"

export interface PatchFigures {
  /** The kind of a single object, by the word most like any patch. */
  readonly zeroShot: Proportion
  /** What each patch shows, by a linear map of its features. */
  readonly probe: Proportion
  /** Always saying that a patch shows nothing. */
  readonly probeCommonest: number
  /** Scenes and their words find each other in a batch, at the first guess. */
  readonly retrieval: { readonly batchSize: number; readonly toText: Proportion; readonly toPicture: Proportion }
}

export interface JudgePatchesOptions {
  clip: TokenWiseClip
  device: Device
  world: World
  sprites: Sprites
  run: number
  /** Scenes of each part. */
  count: number
}

const BATCH = 50
/** Pictures and texts among which retrieval chooses. */
const RETRIEVED = 64

/** What the image tower has learned, before any language model looks through it. */
export async function judgePatches(options: JudgePatchesOptions): Promise<PatchFigures> {
  const { world, run, count } = options
  const scenes = (split: Split, from: number, accept: (scene: Scene) => boolean) => {
    const found: Scene[] = []
    for (let index = from; found.length < count; index++) {
      const scene = makeScene(world, sceneSeed({ split, run, index }))
      if (accept(scene)) found.push(scene)
    }
    return found
  }
  const test = scenes("test", 0, () => true)
  const learned = await patchesOf(
    scenes("validation", 0, () => true),
    options,
    features,
  )
  const classify = ridgeClasses(
    learned.map(({ values }) => values),
    learned.map(({ label }) => label),
  )
  const probed = await patchesOf(test, options, features)
  const right = probed.filter(({ values, label }) => classify(values) === label).length
  const single = scenes("test", 0, ({ objects }) => objects.length === 1)
  return {
    zeroShot: proportion(await zeroShot(single, options), single.length),
    probe: proportion(right, probed.length),
    probeCommonest: probed.filter(({ label }) => label === 0).length / probed.length,
    retrieval: await retrieval(test, options),
  }
}

interface Patch {
  values: Float32Array
  /** 0 for nothing, else the kind's number from 1. */
  label: number
}

type Embed = (clip: TokenWiseClip, pixels: Tensor) => Tensor

/** The last hidden state: what a projector reads. */
const features: Embed = (clip, pixels) => {
  const hidden = clip.vision_model.hiddenStates(pixels).at(-1)!
  return slice(hidden, 1, 1, hidden.shape[1]!)
}

async function patchesOf(scenes: readonly Scene[], options: JudgePatchesOptions, embed: Embed): Promise<Patch[]> {
  const { world } = options
  const patches: Patch[] = []
  for (let begin = 0; begin < scenes.length; begin += BATCH) {
    const some = scenes.slice(begin, begin + BATCH)
    const values = await read(options, () => embed(options.clip, pixelsOf(some, options)))
    const size = values.length / some.length / zones.length
    for (const [index, scene] of some.entries()) {
      for (const [cell, zone] of zones.entries()) {
        const kind = scene.objects.find((object) => object.zone === zone)?.kind
        const at = (index * zones.length + cell) * size
        patches.push({
          values: values.slice(at, at + size),
          label: kind === undefined ? 0 : 1 + world.kinds.indexOf(kind),
        })
      }
    }
  }
  return patches
}

async function zeroShot(scenes: readonly Scene[], options: JudgePatchesOptions): Promise<number> {
  const { world } = options
  const words = await wordsOf(options)
  const patches = await patchesOf(scenes, options, (model, pixels) => model.embedPatches(pixels))
  let right = 0
  for (const [index, scene] of scenes.entries()) {
    const own = patches.slice(index * zones.length, (index + 1) * zones.length)
    const best = world.kinds.map((_, kind) => {
      const word = words[kind]!
      return Math.max(...own.map(({ values }) => values.reduce((sum, value, d) => sum + value * word[d]!, 0)))
    })
    if (world.kinds[best.indexOf(Math.max(...best))] === scene.objects[0]!.kind) right++
  }
  return right
}

async function retrieval(scenes: readonly Scene[], options: JudgePatchesOptions): Promise<PatchFigures["retrieval"]> {
  const names = nanoWords(options.world)
  const words = await wordsOf(options)
  const batchSize = Math.min(RETRIEVED, scenes.length)
  const batches = Math.floor(scenes.length / batchSize)
  let [toText, toPicture] = [0, 0]
  for (let batch = 0; batch < batches; batch++) {
    const some = scenes.slice(batch * batchSize, (batch + 1) * batchSize)
    const all = await patchesOf(some, options, (model, pixels) => model.embedPatches(pixels))
    const values = all.map((patch) => patch.values)
    const patches = some.map((_, index) => values.slice(index * zones.length, (index + 1) * zones.length))
    const texts = some.map(({ objects, setting }) =>
      [...new Set([...objects.map(({ kind }) => kind), setting])].map((word) => names.indexOf(word)),
    )
    const found = retrievePairs({ patches, words, texts })
    toText += found.toText
    toPicture += found.toPicture
  }
  const total = batches * batchSize
  return { batchSize, toText: proportion(toText, total), toPicture: proportion(toPicture, total) }
}

/** Unit vectors of things, then settings. */
async function wordsOf(options: JudgePatchesOptions): Promise<Float32Array[]> {
  const { clip, device, world } = options
  const ids = Int32Array.from(nanoWords(world), (_, index) => index)
  const values = await read(options, () => clip.embedWords(Tensors.from(device, ids, [ids.length])))
  const size = values.length / ids.length
  return Array.from(ids, (id) => values.slice(id * size, (id + 1) * size))
}

function pixelsOf(scenes: readonly Scene[], { device, sprites }: JudgePatchesOptions): Tensor {
  const { size } = nanoImageSpec
  const pixels = new Float32Array(scenes.length * 3 * size * size)
  for (const [index, scene] of scenes.entries()) {
    pixels.set(normalizeImage(drawScene(scene, sprites).image, nanoImageSpec), index * 3 * size * size)
  }
  return Tensors.from(device, pixels, [scenes.length, 3, size, size])
}

async function read({ device }: JudgePatchesOptions, compute: () => Tensor): Promise<Float32Array> {
  const run = () => {
    using scope = device.scope()
    return scope.keep(compute())
  }
  using tensor = run()
  return (await tensor.read()) as Float32Array
}
