import { randomValues } from "../../../support/random.ts"

const words =
  "a man woman dog cat bus train street table of on in with the red blue small large two people riding standing sitting next to " +
  "near holding plate food pizza white black field grass water boat surfboard wave beach sign traffic light building clock " +
  "tower kitchen stove sink toilet bathroom mirror laptop desk computer phone young old group children playing baseball"

/** As many images as asked for, five references and one prediction each, with the word frequencies of captions. */
export function madeUpCaptions(images: number): { references: string; predictions: string } {
  const vocabulary = [...words.split(" "), ...Array.from({ length: 9_000 }, (_, index) => spelled(index))]
  const values = randomValues(images * 6 * 12, 1)
  let next = 0
  const caption = () => {
    // Squared twice, so that few words make most of the text.
    const picks = Array.from({ length: 8 + (next % 5) }, () => Math.abs(values[next++ % values.length]!) % 1)
    return `${picks.map((pick) => vocabulary[Math.floor(pick ** 4 * vocabulary.length)]).join(" ")}.`
  }
  const ids = Array.from({ length: images }, (_, index) => index + 1)
  const references = Object.fromEntries(ids.map((id) => [id, Array.from({ length: 5 }, caption)]))
  const predictions = ids.map((image_id) => ({ image_id, caption: caption() }))
  return { references: JSON.stringify(references), predictions: JSON.stringify(predictions) }
}

/** A word of letters for a number. */
function spelled(index: number): string {
  return `w${[...String(index)].map((digit) => "abcdefghij".charAt(Number(digit))).join("")}`
}
