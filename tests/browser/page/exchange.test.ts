import { readFile } from "node:fs/promises"
import { parseTrainingSamples } from "@llava/core"
import type { Download } from "playwright-core"
import sharp from "sharp"
import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { ChatPage } from "./chat-page.ts"
import { sharedChromium } from "./shared-chromium.ts"

const picture = fixturePath("image-processor/images/drawn-333x217.png")

const browser = sharedChromium()

async function download(chat: ChatPage, button: string): Promise<Buffer> {
  const [file] = await Promise.all([chat.page.waitForEvent("download"), chat.button(button).click()])
  return readFile(await (file as Download).path())
}

const importInput = "Conversations to import, with their pictures"

test("conversations leave as LLaVA's JSON and come back whole, pictures included", async () => {
  await using chat = await ChatPage.open(browser())
  await chat.choose(picture)
  await chat.ask("What is it?")
  await chat.ask("Sure?")
  await chat.page.keyboard.press("Alt+n")
  await chat.ask("Nothing to see")
  const file = await download(chat, "Export all")
  const samples = parseTrainingSamples(file.toString(), "export.json")
  expect(samples.map(({ conversations }) => conversations.map(({ value }) => value))).toEqual([
    ["Nothing to see", "A cup."],
    ["<image>\nWhat is it?", "A cup.", "Sure?", "A cup."],
  ])
  expect(samples[1]!.image).toMatch(/^[\w-]+\.png$/)

  await using other = await ChatPage.open(browser())
  const files = [{ name: "export.json", mimeType: "application/json", buffer: file }]
  await other.page.getByLabel(importInput).setInputFiles(files)
  await other.button("What is it?").click()
  await other.ask("Once more")
  const messages = other.engine.asked[0]!.messages
  expect(messages).toHaveLength(5)
  expect(messages[0]).toMatchObject({
    content: [
      { type: "image", image: { width: 333, height: 217 } },
      { type: "text", text: "What is it?" },
    ],
  })
})

test("published samples take their pictures from beside the file; broken files are named", async () => {
  await using chat = await ChatPage.open(browser())
  const { page } = chat
  const sample = {
    id: "000",
    image: "coco/drawn-333x217.png",
    conversations: [
      { from: "human", value: "<image>\nWhat is drawn?" },
      { from: "gpt", value: "A drawing." },
    ],
  }
  const json = (name: string, value: unknown) => ({
    name,
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(value)),
  })
  const png = { name: "drawn-333x217.png", mimeType: "image/png", buffer: await readFile(picture) }
  await page.getByLabel(importInput).setInputFiles([json("data.json", [sample]), png])
  await page.getByRole("img", { name: "drawn-333x217.png" }).waitFor()
  await page.getByLabel(importInput).setInputFiles([json("data.json", [sample])])
  await page.getByText("1 picture is not in the file.").waitFor()
  await page.getByLabel(importInput).setInputFiles([json("bad.json", [{ id: 1 }])])
  await page.getByText("Conversation 1 of bad.json cannot be read").waitFor()
})

test("a conversation is saved as a picture", async () => {
  const text = "A **long** answer. ".repeat(30)
  await using chat = await ChatPage.open(browser(), { script: { text } })
  await chat.choose(picture)
  await chat.ask("What is it?")
  const image = sharp(await download(chat, "As picture"))
  const { format, width, height } = await image.metadata()
  expect([format, width]).toEqual(["png", 1520])
  expect(height).toBeGreaterThan(700)
  const { entropy } = await image.stats()
  expect(entropy).toBeGreaterThan(0.5)
})
