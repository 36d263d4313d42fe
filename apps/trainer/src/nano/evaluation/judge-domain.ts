import { type ImageDomain, type Llava, summarizeImages } from "@llava/model"
import { drawScene, makeScene, type Split, type Sprites, sceneSeed, type World } from "@llava/scenes"
import { findPhotographs } from "./find-photographs.ts"
import { type Proportion, proportion } from "./proportion.ts"

/** How well a nano knows that a picture is not of its world. */
export interface DomainFigures {
  /** Of test scenes: taken for something else. */
  readonly falseAlarms: Proportion
  /** The same of combinations of thing and setting that training never showed. */
  readonly unseenFalseAlarms: Proportion
  /** Of a folder of photographs, beside the test scenes. */
  readonly photographs: { readonly recall: Proportion; readonly precision: Proportion } | undefined
}

export interface JudgeDomainOptions {
  llava: Llava
  domain: ImageDomain
  world: World
  sprites: Sprites
  run: number
  /** Scenes of each split, and photographs at most. */
  count: number
  /** A folder of pictures unlike the world. */
  photographs?: string | undefined
  signal: AbortSignal
}

/** Test scenes, unseen combinations and photographs by their distance from the training scenes. */
export async function judgeDomain(options: JudgeDomainOptions): Promise<DomainFigures> {
  const { llava, domain, world, sprites, run, count, photographs, signal } = options
  const countBeyond = async (images: Parameters<typeof summarizeImages>[1]) =>
    (await summarizeImages(llava, images, { signal })).filter((summary) => domain.distance(summary) > 1).length
  const scenes = (split: Split) =>
    Array.from(
      { length: count },
      (_, index) => drawScene(makeScene(world, sceneSeed({ split, run, index })), sprites).image,
    )
  const alarms = await countBeyond(scenes("test"))
  const unseen = await countBeyond(scenes("unseen"))
  const files = photographs === undefined ? [] : await findPhotographs(photographs, count)
  const caught = await countBeyond(files)
  return {
    falseAlarms: proportion(alarms, count),
    unseenFalseAlarms: proportion(unseen, count),
    photographs:
      files.length === 0
        ? undefined
        : { recall: proportion(caught, files.length), precision: proportion(caught, caught + alarms) },
  }
}
