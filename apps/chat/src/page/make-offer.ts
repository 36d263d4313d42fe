import { knownModels } from "@llava/hub"
import type { Llava } from "@llava/model"
import type { ScenePictures } from "./scene-pictures.ts"

const sampleCount = 6

/** What the page may show besides the conversation. */
export async function makeOffer(models: ReadonlyMap<string, Llava>, pictures: ScenePictures, opens: boolean) {
  const samples = Array.from({ length: sampleCount }, async (_, index) => {
    const { caption, question } = await pictures.describeSample(index)
    return {
      name: `sample ${index + 1}`,
      description: caption,
      url: `page/samples/scene-${index}.png`,
      question,
    }
  })
  const openable = knownModels.filter(({ kind }) => opens && kind !== "clip")
  return {
    samples: await Promise.all(samples),
    scenes: true,
    attention: [...models.values()].some(({ languageModel }) => languageModel.attentionRows !== undefined),
    openable: openable.map(({ name, kind, license, bytes }) => ({
      name,
      description: `${kind === "llava" ? "sees pictures" : "text only"}, ${license}`,
      bytes,
    })),
  }
}
