import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { ChatPage } from "./chat-page.ts"
import { patient } from "./patient.ts"
import { sharedChromium } from "./shared-chromium.ts"
import { textOf } from "./text-of.ts"

const picture = fixturePath("image-processor/images/drawn-333x217.png")

const browser = sharedChromium()

test("a picture is asked about; the server gets its very bytes", async () => {
  await using chat = await ChatPage.open(browser())
  await chat.choose(picture)
  await chat.ask("What is it?")
  expect(await textOf(chat.answers)).toBe("A cup.")
  expect(chat.sentPictures).toEqual([await readFile(picture)])
  const [asked] = chat.engine.asked
  expect(asked?.messages).toMatchObject([
    { role: "user", content: [{ type: "image" }, { type: "text", text: "What is it?" }] },
  ])
  expect(asked).toMatchObject({ temperature: 0, maxNewTokens: 512 })
})

test("an answer comes piece by piece, is stopped, and stays; Escape stops too", async () => {
  await using chat = await ChatPage.open(browser(), { script: { text: "word ".repeat(400), tokenMs: 3 } })
  const { page } = chat
  await chat.question.fill("Tell a story")
  await chat.question.press("Enter")
  await page.getByText("word word").waitFor()
  const early = (await textOf(chat.answers)).length
  await expect.poll(async () => (await textOf(chat.answers)).length, patient).toBeGreaterThan(early)
  await chat.button("Stop").click()
  await chat.finished()
  await page.getByText("Stopped.").waitFor()
  await expect.poll(() => chat.engine.aborted, patient).toBe(1)
  const kept = await textOf(chat.answers)
  expect(kept.length).toBeLessThan(2000)
  await chat.question.fill("Again")
  await chat.question.press("Enter")
  await expect.poll(() => chat.answers.count(), patient).toBe(2)
  await page.keyboard.press("Escape")
  await chat.finished()
  // The next question comes with what there was of the answers.
  const contents = chat.engine.asked[1]?.messages.map(({ content }) => content)
  expect(contents).toHaveLength(3)
  expect(JSON.stringify(contents)).toContain("word word")
})

test("an answer is made again and a question asked in other words; both old branches stay", async () => {
  await using chat = await ChatPage.open(browser())
  const { page } = chat
  await chat.ask("First question")
  await chat.button("Answer again").click()
  await chat.finished()
  expect(await page.getByText("2 / 2").count()).toBe(1)
  await chat.button("Previous answer").click()
  await page.getByText("1 / 2").waitFor()
  await chat.ask("Second question")
  expect(await chat.answers.count()).toBe(2)

  await chat.question.press("ArrowUp")
  const edit = page.getByRole("form", { name: "Edit question" }).getByRole("textbox")
  expect(await edit.inputValue()).toBe("Second question")
  await edit.fill("Other question")
  await edit.press("Enter")
  await chat.finished()
  expect(await page.locator(".question .text").allTextContents()).toEqual(["First question", "Other question"])
  expect(JSON.stringify(chat.engine.asked.at(-1)?.messages)).not.toContain("Second question")
  await chat.button("Previous question").click()
  expect(await page.locator(".question .text").allTextContents()).toEqual(["First question", "Second question"])
})

test("conversations are kept over a reload, opened, and deleted", async () => {
  await using chat = await ChatPage.open(browser())
  const { page } = chat
  await chat.choose(picture)
  await chat.ask("About the picture")
  await page.keyboard.press("Alt+n")
  await chat.ask("About nothing")
  await page.reload()
  // The one that was shown is shown again.
  await page.locator(".question", { hasText: "About nothing" }).waitFor()
  const titles = await page.locator(".conversation").allTextContents()
  expect(titles).toEqual(["About nothing", "About the picture"])
  await chat.button("About the picture").click()
  await page.getByRole("img", { name: "drawn-333x217.png" }).waitFor()
  expect(await textOf(chat.answers)).toBe("A cup.")
  await chat.ask("And more")
  expect(chat.engine.asked.at(-1)?.messages).toHaveLength(3)

  page.once("dialog", (dialog) => dialog.accept())
  await chat.button("Delete About the picture").click()
  await expect.poll(() => page.locator(".conversation").allTextContents(), patient).toEqual(["About nothing"])
  expect(new URL(page.url()).hash).toBe("")
  const stored = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open("llava-chat")
      request.onsuccess = () => resolve(request.result)
    })
    return new Promise<number>((resolve) => {
      const request = database.transaction("pictures").objectStore("pictures").count()
      request.onsuccess = () => resolve(request.result)
    })
  })
  expect(stored).toBe(0)
})

test("sampling settings go with the question, and stay", async () => {
  await using chat = await ChatPage.open(browser())
  const { page } = chat
  await chat.button("Settings").click()
  await page.getByLabel("Temperature").fill("0.7")
  await page.getByLabel("Top-p").fill("0.9")
  await page.getByLabel("Longest answer").fill("3")
  await page.getByLabel("Seed").fill("7")
  await page.keyboard.press("Escape")
  await page.reload()
  await chat.ask("Hello")
  expect(chat.engine.asked[0]).toMatchObject({ temperature: 0.7, topP: 0.9, maxNewTokens: 3, seed: 7 })
  await page.getByText("The answer reached its longest length.").waitFor()
  await chat.button("Settings").click()
  await page.getByLabel("Temperature").fill("9")
  await page.getByText("From 0 to 2.").waitFor()
  await chat.button("Back to the defaults").click()
  expect(await page.getByLabel("Temperature").inputValue()).toBe("0")
})

test("Markdown is shown, code is copied, and nothing in an answer becomes markup", async () => {
  const text = [
    "Some **bold** text, `a < b` &amp; a [page](https://example.org), a [trap](javascript:alert(1)).",
    '<img src=x onerror="alert(1)"> ![far](https://example.org/a.png)',
    "| a | b |\n|---|--:|\n| 1 | 2 |",
    "1. one\n2. two\n   - [x] inner",
    "```js\nlet a = '<b>'\n```",
  ].join("\n\n")
  const permissions = ["clipboard-read", "clipboard-write"]
  await using chat = await ChatPage.open(browser(), { script: { text }, context: { permissions } })
  const { page } = chat
  await chat.ask("Markdown?")
  const answer = chat.answers
  expect(await textOf(answer.locator("strong"))).toBe("bold")
  expect(await textOf(answer.locator("p code"))).toBe("a < b")
  expect(await textOf(answer.locator("p").first())).toContain("& a page")
  expect(await answer.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))).toEqual([
    "https://example.org/",
    "https://example.org/a.png",
  ])
  expect(await answer.locator("img, script").count()).toBe(0)
  expect(await textOf(answer)).toContain("<img src=x")
  expect(await answer.locator("td").allTextContents()).toEqual(["1", "2"])
  expect(await answer.locator("ol > li").count()).toBe(2)
  expect(await textOf(answer.locator("pre"))).toBe("let a = '<b>'")
  await chat.button("Copy code").click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("let a = '<b>'")
  await chat.button("Copy answer").click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)
})

test("speed and counts are shown when asked for", async () => {
  await using chat = await ChatPage.open(browser(), { script: { tokenMs: 2 } })
  await chat.ask("How fast?")
  const numbers = chat.page.locator(".numbers")
  expect(await numbers.count()).toBe(0)
  await chat.button("Speed and tokens").click()
  expect(await textOf(numbers)).toMatch(/10 tokens[\s\S]*6 tokens[\s\S]*\d s[\s\S]*tokens\/s/)
})
