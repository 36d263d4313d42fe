import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { composeMessages } from "./compose-messages.ts"
import { promptsFolder } from "./prompts-folder.ts"
import { readKinds } from "./read-kinds.ts"

const context = {
  id: "x",
  image: "x.jpg",
  captions: ["A dog.", "A dog runs."],
  instances: [{ category: "dog", bbox: [0.5, 0.25, 0.1239, 1] as [number, number, number, number] }],
}
const names = ["conversation", "detail", "complex", "counting"]

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = join(mkdtempSync(join(tmpdir(), "kind-")), "mine")
  mkdirSync(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

test("the package's kinds have the published proportions and examples", async () => {
  const kinds = await readKinds(names)
  expect(kinds.map(({ share, boxes }) => [share, boxes])).toEqual([
    [58, "optional"],
    [23, "required"],
    [77, "required"],
    [20, "required"],
  ])
  expect(kinds.map(({ examples }) => examples.length)).toEqual([2, 3, 3, 1])
  expect(kinds[1]?.questions?.length).toBeGreaterThanOrEqual(11)
})

test("the fourth kind is fewer than 20 lines of text", () => {
  const folder = join(promptsFolder(), "counting")
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"))
  expect(lines.length).toBeLessThan(20)
})

test("messages: system, examples as turns, captions, an empty line, boxes", async () => {
  const [conversation, detail] = await readKinds(names)
  const withBoxes = composeMessages(conversation!, context, { withBoxes: true })
  expect(withBoxes.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user", "assistant", "user"])
  expect(withBoxes.at(-1)?.content).toBe("A dog.\nA dog runs.\n\ndog: [0.5, 0.25, 0.124, 1]")
  expect(withBoxes[1]?.content).toContain("horse: [")
  const without = composeMessages(conversation!, context, { withBoxes: false })
  expect(without.at(-1)?.content).toBe("A dog.\nA dog runs.")
  expect(without[1]?.content).not.toContain("[")
  expect(composeMessages(detail!, context, { withBoxes: false }).at(-1)?.content).toContain("dog: [")
})

test("a kind of one's own: a folder with a system message and an example", async () => {
  const folder = folderOf({
    "system.txt": "Ask about text.\r\n",
    "user.txt": "Asked: {question}\n{captions}",
    "questions.txt": "What is written?\n\nRead it.\n",
    "example-1.txt": "A sign.\n---\nIt says stop.",
  })
  const [kind, ...others] = await readKinds([`${folder}=3`])
  expect(others).toEqual([])
  expect(kind).toMatchObject({ name: "mine", share: 3, boxes: "none", turns: { minimum: 1, maximum: 1 } })
  const messages = composeMessages(kind!, context, { withBoxes: true, question: "Read it." })
  expect(messages[1]?.content).toBe("Asked: What is written?\nA sign.")
  expect(messages.at(-1)?.content).toBe("Asked: Read it.\nA dog.\nA dog runs.")
})

test.each<[string, Readonly<Record<string, string>>, RegExp]>([
  ["no system message", { "user.txt": "x" }, /has no system\.txt/],
  ["an unknown setting", { "system.txt": "x", "kind.txt": "shares: 3" }, /kind\.txt: .*shares/],
  ["a bad range", { "system.txt": "x", "kind.txt": "turns: many" }, /turns: must be a number or a range/],
  [
    "an example without reply",
    { "system.txt": "x", "example-1.txt": "A dog." },
    /example-1\.txt: The example has no line ---/,
  ],
  [
    "an example out of form",
    { "system.txt": "x", "example-1.txt": "A dog.\n---\nWhat?" },
    /own reply is not as it has to be: neither Question/,
  ],
])("refuses %s", async (_, files, message) => {
  await expect(readKinds([folderOf(files)])).rejects.toThrow(message)
})

test("refuses a kind twice", async () => {
  await expect(readKinds(["detail", "detail=2"])).rejects.toThrow(/detail is given twice/)
})
