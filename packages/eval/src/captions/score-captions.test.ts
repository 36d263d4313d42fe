import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { withReference } from "#testing"
import { parseAnswers } from "../answers/parse-answers.ts"
import { readFixture } from "../testing/read-fixture.ts"
import { parseCaptionReferences } from "./parse-caption-references.ts"
import { ptbTokenize } from "./ptb-tokenize.ts"
import { scoreCaptions } from "./score-captions.ts"

const keys = { idKeys: ["image_id"], textKeys: ["caption"] }
const parse = (references: string, results: string) => ({
  references: parseCaptionReferences(references, "references.json"),
  predictions: parseAnswers(results, "results.json", keys),
})

test("the captions of COCO's own example, to the third decimal of what its scorer prints", (context) => {
  const folder = withReference(context, "data/caption-metrics")
  const read = (name: string) => readFileSync(join(folder, name), "utf8")
  const expected = JSON.parse(read("EXPECTED.json"))
  const files = parse(read("fakecap_1000_references.json"), read("captions_val2014_fakecap_results.json"))
  const score = scoreCaptions(files)
  const printed = [...score.BLEU, score.ROUGE_L, score.CIDEr].map((value) => value.toFixed(3))
  const names = ["Bleu_1", "Bleu_2", "Bleu_3", "Bleu_4", "ROUGE_L", "CIDEr"]
  expect(printed).toEqual(names.map((name) => expected[name].toFixed(3)))
  expect(score.meteorStages).toEqual(["exact", "stem"])
  // With these two stages METEOR's own program gives 0.18465; with synonyms and paraphrases 0.195.
  expect(score.METEOR).toBeCloseTo(0.18465, 3)
})

describe("a cut of them, beside the reference scorer", () => {
  const expected = JSON.parse(readFixture("captions/expected.json"))
  const references = readFixture("captions/references.json")
  const results = readFixture("captions/results.json")

  test("metrics", () => {
    const score = scoreCaptions(parse(references, results))
    for (const [index, value] of expected.BLEU.entries()) expect(score.BLEU[index]).toBeCloseTo(value, 4)
    expect(score.ROUGE_L).toBeCloseTo(expected.ROUGE_L, 4)
    expect(score.CIDEr).toBeCloseTo(expected.CIDEr, 4)
    expect(Math.abs(score.METEOR - expected.METEOR)).toBeLessThan(0.02)
  })

  test("tokens", () => {
    const captions = JSON.parse(references) as Record<string, string[]>
    const inOrder = Object.entries(captions).flatMap(([id, list]) =>
      list.map((caption, index) => ({ id, index, caption })),
    )
    for (const [place, { id, index, caption }] of inOrder.entries()) {
      expect(ptbTokenize(caption, inOrder[place + 1]?.caption).join(" ")).toBe(expected.tokens[id][index])
    }
  })

  test.each(expected.hard as [string, string][])("tokens of %j", (caption, tokens) => {
    expect(ptbTokenize(caption).join(" ")).toBe(tokens)
  })
})

test("COCO's annotation file, { id: [captions] } and { id: caption } say the same", () => {
  const lists = { 7: ["A cat sits.", "The cat is on a mat."], 9: ["Two dogs run."] }
  const annotations = Object.entries(lists).flatMap(([id, captions]) =>
    captions.map((caption) => ({ image_id: Number(id), id: 1, caption })),
  )
  const own = scoreCaptions(parse(JSON.stringify(lists), '{"7": "a cat on a mat", "9": "dogs running"}'))
  const coco = scoreCaptions(
    parse(
      JSON.stringify({ images: [{ id: 7 }, { id: 9 }], annotations }),
      '[{"image_id": 7, "caption": "a cat on a mat"}, {"image_id": 9, "caption": "dogs running"}]',
    ),
  )
  expect(coco).toEqual(own)
  expect(own.CIDEr).toBeGreaterThan(0)
})

describe("captions that do not fit", () => {
  const references = '{"1": ["a cat"], "2": ["a dog"], "3": ["a cup"]}'

  test("missing, unknown and empty ones are counted by name", () => {
    const score = scoreCaptions(parse(references, '{"1": "a cat", "2": "", "8": "a bird"}'))
    expect(score).toMatchObject({ images: 2, missing: 1, unknown: 1, empty: 1 })
    expect(score.notes.join("\n")).toMatch(/no answer: 3[\s\S]*8 \(line 1\)[\s\S]*no word: 2/)
  })

  test.each([
    [
      "an image captioned twice",
      references,
      '[{"image_id":1,"caption":"x"},\n{"image_id":1,"caption":"y"}]',
      /results\.json:2: The question 1 is answered twice/,
    ],
    [
      "an image captioned twice under equal keys",
      references,
      '{"1": "x",\n"1": "y"}',
      /results\.json:2: 1 is there twice/,
    ],
    ["references without captions", '{"1": []}', '{"1": "x"}', /references\.json:1: The references of 1/],
    ["a file that is cut off", references, '[{"image_id":1,"caption":"x"},', /results\.json:1: The file is not JSON/],
    ["captions of other images", references, '{"5": "x"}', /results\.json:1: None of the 1 answers/],
  ])("%s is refused", (_, refs, results, message) => {
    expect(() => scoreCaptions(parse(refs, results))).toThrow(message)
  })
})
