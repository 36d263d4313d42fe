import { loadTokenizerFiles } from "@llava/llama"
import { askScene, findWorld, makeScene, SeededRandom, sceneSeed } from "@llava/scenes"
import { expect, it } from "vitest"
import { nanoFiles } from "./nano-files.ts"
import { nanoQuestionKinds } from "./nano-questions.ts"
import { trainNanoTokenizer } from "./train-nano-tokenizer.ts"

it("reads answers that it was not learned from in few tokens, and says them as they were", {
  timeout: 120_000,
}, async () => {
  const world = findWorld("small")
  const bytes = new TextEncoder()
  const files = [...nanoFiles(trainNanoTokenizer(world, 1))]
  const tokenizer = await loadTokenizerFiles(
    new Map(files.map(([name, text]) => [name, async () => bytes.encode(text)])),
  )
  let [answers, tokens] = [0, 0]
  for (let index = 0; index < 300; index++) {
    const scene = makeScene(world, sceneSeed({ split: "test", run: 3, index }))
    const random = new SeededRandom(scene.seed, "test")
    for (const { answer } of askScene(scene, { form: "plain", random, count: 12, kinds: nanoQuestionKinds })) {
      const ids = tokenizer.encode(answer, { addSpecialTokens: false })
      expect(tokenizer.decode(ids)).toBe(answer)
      answers += 1
      tokens += ids.length
    }
  }
  expect(answers).toBeGreaterThan(2000)
  expect(tokens / answers).toBeLessThan(8)
})
