import { fitImageDomain, type ImageDomain, type Llava, summarizeImages } from "@llava/model"
import { drawScene, makeScene, type Split, type Sprites, sceneSeed, type World } from "@llava/scenes"

/** Apart from the scenes of every phase and of the evaluation. */
const RUN = 1001

export interface NanoImageDomainOptions {
  world: World
  sprites: Sprites
  /** Training scenes; half as many of validation set the limit. */
  count: number
  signal: AbortSignal
}

/** What scenes look like to a nano, so that it can tell that a photograph is none. */
export async function nanoImageDomain(llava: Llava, options: NanoImageDomainOptions): Promise<ImageDomain> {
  const { world, sprites, count, signal } = options
  const summaries = (split: Split, many: number) => {
    const images = Array.from(
      { length: many },
      (_, index) => drawScene(makeScene(world, sceneSeed({ split, run: RUN, index })), sprites).image,
    )
    return summarizeImages(llava, images, { signal })
  }
  return fitImageDomain({
    description: "drawn scenes",
    training: await summaries("train", count),
    validation: await summaries("validation", Math.ceil(count / 2)),
  })
}
