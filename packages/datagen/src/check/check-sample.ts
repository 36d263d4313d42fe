import { IMAGE_PLACEHOLDER, type TrainingSample } from "@llava/core"
import type { DataProblem } from "./data-problem.ts"

type Report = (severity: DataProblem["severity"], rule: string, message: string) => void

/** Roles, turns and placeholders of one sample, as the LLaVA trainer takes them. */
export function checkSample(sample: TrainingSample, report: Report): void {
  const { conversations } = sample
  conversations.forEach(({ from, value }, turn) => {
    const expected = turn % 2 === 0 ? "human" : "gpt"
    if (from !== expected) {
      report("error", "roles-out-of-order", `turn ${turn} is from ${from}; turns alternate, human first`)
    }
    const text = value.replaceAll(IMAGE_PLACEHOLDER, "").trim()
    if (text === "") {
      const onlyImage = from === "human" && value.includes(IMAGE_PLACEHOLDER)
      // Caption data of LLaVA's second version asks with the image alone.
      if (!onlyImage) report("error", "empty-turn", `turn ${turn} (${from}) is empty`)
    }
    if (from === "gpt" && value.includes(IMAGE_PLACEHOLDER)) {
      report("error", "placeholder-in-answer", `turn ${turn} (gpt) contains ${IMAGE_PLACEHOLDER}`)
    }
  })
  if (conversations.at(-1)?.from === "human") report("error", "no-answer", "the last turn is from human")
  checkPlaceholders(sample, report)
}

function checkPlaceholders({ image, conversations }: TrainingSample, report: Report): void {
  const places = conversations.flatMap(({ from, value }, turn) =>
    from === "human" ? Array.from({ length: value.split(IMAGE_PLACEHOLDER).length - 1 }, () => turn) : [],
  )
  const images = image === undefined ? 0 : [image].flat().length
  if (images === 0 && places.length > 0) {
    report(
      "error",
      "placeholder-without-image",
      `turn ${places[0]} contains ${IMAGE_PLACEHOLDER}, but there is no image`,
    )
  } else if (places.length < images) {
    const what = places.length === 0 ? `no ${IMAGE_PLACEHOLDER}` : `${places.length} ${IMAGE_PLACEHOLDER}`
    report("error", "placeholder-missing", `${images === 1 ? "an image" : `${images} images`}, but ${what}`)
  } else if (places.length > images) {
    report("error", "placeholder-repeated", `${places.length} ${IMAGE_PLACEHOLDER} for ${images} image(s)`)
  } else if (images === 1 && places[0] !== 0) {
    report("warning", "placeholder-late", `${IMAGE_PLACEHOLDER} stands in turn ${places[0]}, not in the first`)
  }
}
