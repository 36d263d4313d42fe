import { readdirSync } from "node:fs"
import { join } from "node:path"
import type { TrainingDataset } from "@llava/train"
import { fixturePath } from "../support/fixtures.ts"

/** Questions about the drawn pictures among the fixtures; every so many samples one is text alone. */
export function drawnDataset(length: number, { textEvery = 4 } = {}): TrainingDataset {
  const folder = fixturePath("image-processor/images")
  const images = readdirSync(folder).filter((name) => /^drawn.*\.(png|jpg)$/.test(name))
  const isText = (index: number) => index % textEvery === textEvery - 1
  return {
    length,
    name: "drawn",
    fingerprint: `drawn ${length}`,
    sizeHint: (index) => (isText(index) ? -10 : 10 + (index % 5)),
    imagePath: (image) => join(folder, image),
    sample: async (index) => {
      const image = isText(index) ? undefined : images[index % images.length]!
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
