import { readdirSync } from "node:fs"
import { join } from "node:path"
import type { TrainingDataset } from "@llava/train"
import { fixturePath } from "#testing"

/** Captions of the drawn pictures among the fixtures: every fourth sample is text alone. */
export function drawnDataset(length: number): TrainingDataset {
  const folder = fixturePath("image-processor/images")
  const images = readdirSync(folder).filter((name) => /^drawn.*\.(png|jpg)$/.test(name))
  return {
    length,
    name: "drawn",
    fingerprint: `drawn ${length}`,
    sizeHint: (index) => (index % 4 === 3 ? -10 : 10 + (index % 5)),
    imagePath: (image) => join(folder, image),
    sample: async (index) => {
      const image = index % 4 === 3 ? undefined : images[index % images.length]!
      const question = `${image === undefined ? "" : "<image>\n"}What is number ${index}?`
      const answer = `It is ${"very ".repeat(index % 5)}round.`
      return {
        id: index,
        ...(image !== undefined && { image }),
        conversations: [
          { from: "human", value: question },
          { from: "gpt", value: answer },
        ],
      }
    },
  }
}
