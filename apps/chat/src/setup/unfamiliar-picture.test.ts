import { ImageDomain } from "@llava/model"
import { expect, test } from "vitest"
import { unfamiliarPicture } from "./unfamiliar-picture.ts"

const imageDomain = new ImageDomain({
  description: "drawn scenes",
  mean: Float32Array.of(0),
  precision: Float32Array.of(1),
  limit: 1,
})

function modelAt(distance: number | undefined): Parameters<typeof unfamiliarPicture>[0] {
  const options = { imageDomain } as Parameters<typeof unfamiliarPicture>[0]["options"]
  return { options, imageDistance: async () => distance }
}

test("only a picture beyond the limit is remarked on", async () => {
  expect(await unfamiliarPicture(modelAt(undefined), "a.png")).toBeUndefined()
  expect(await unfamiliarPicture(modelAt(0.99), "a.png")).toBeUndefined()
  expect(await unfamiliarPicture(modelAt(1.01), "a.png")).toContain("only knows drawn scenes")
})
