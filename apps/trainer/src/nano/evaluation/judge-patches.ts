import type { TokenWiseClip } from "@llava/clip"
import { normalizeImage } from "@llava/core"
import { drawScene, makeScene, type Scene, type Split, type Sprites, sceneSeed, type World, zones } from "@llava/scenes"
import { type Device, slice, type Tensor, Tensor as Tensors } from "@llava/tensor"
import { nanoImageSpec } from "../nano-configs.ts"
import { type Proportion, proportion } from "./proportion.ts"
import { ridgeClasses } from "./ridge-classes.ts"

export interface PatchFigures {
  /** The kind of a single object, by the word most like any patch. */
  readonly zeroShot: Proportion
  /** What each patch shows, by a linear map of its features. */
  readonly probe: Proportion
  /** Always saying that a patch shows nothing. */
  readonly probeCommonest: number
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
  const { clip, device, world } = options
  const ids = Int32Array.from(world.kinds, (_, index) => index)
  const words = await read(options, () => clip.embedWords(Tensors.from(device, ids, [ids.length])))
  const dim = words.length / ids.length
  const patches = await patchesOf(scenes, options, (model, pixels) => model.embedPatches(pixels))
  let right = 0
  for (const [index, scene] of scenes.entries()) {
    const own = patches.slice(index * zones.length, (index + 1) * zones.length)
    const best = world.kinds.map((_, kind) => {
      const word = words.subarray(kind * dim, (kind + 1) * dim)
      return Math.max(...own.map(({ values }) => values.reduce((sum, value, d) => sum + value * word[d]!, 0)))
    })
    if (world.kinds[best.indexOf(Math.max(...best))] === scene.objects[0]!.kind) right++
  }
  return right
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
