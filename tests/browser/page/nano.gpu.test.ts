import { fileURLToPath } from "node:url"
import { openModel } from "@llava/hub"
import type { Llava } from "@llava/model"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { fixturePath, testDevice, withReference } from "#testing"
import { ChatEngine } from "../../../apps/chat/src/serve/chat-engine.ts"
import { findChromium } from "../find-chromium.ts"
import { needsChromium } from "../needs-chromium.ts"
import { openChromium } from "../open-chromium.ts"
import { ChatPage } from "./chat-page.ts"
import { patient } from "./patient.ts"
import { textOf } from "./text-of.ts"

let browser: Browser
let nano: Llava
let engine: ChatEngine
beforeEach(needsChromium)
beforeAll(async () => {
  if (findChromium() === undefined) return
  browser = await openChromium()
  nano = await openModel("nano", { device: await testDevice() })
  engine = new ChatEngine(nano)
}, 180_000)
afterAll(async () => {
  await browser?.close()
  engine?.[Symbol.dispose]()
  await nano?.[Symbol.asyncDispose]()
})

function openPage(): Promise<ChatPage> {
  return ChatPage.open(browser, { models: [{ id: "nano", engine }], routes: { models: new Map([["nano", nano]]) } })
}

it("nano names what somebody has put into a scene, and is asked on about it", async () => {
  await using chat = await openPage()
  await chat.button("Compose a scene").click()
  await chat.page.getByLabel("Setting", { exact: true }).selectOption("sea")
  await chat.button("Add crab").click()
  await chat.button("Add sailboat").click()
  await chat.button("Ask about this picture").click()
  await chat.page.getByRole("img", { name: "crab, sailboat (sea)" }).waitFor()
  await chat.ask("What is in this picture?")
  expect(await textOf(chat.answers)).toMatch(/sailboat.*crab|crab.*sailboat/)
  await chat.ask("Is there a cat?")
  expect(await textOf(chat.answers.last())).toMatch(/\bno\b/i)
})

/** Asks about a picture, and about the same again. -> the remarks under the answers, read out with them */
async function remarksOn(chat: ChatPage, picture: string): Promise<string[]> {
  await chat.choose(picture)
  await chat.ask("What is in this picture?")
  const remarks = await chat.page.locator(".answer .remark").allTextContents()
  const status = chat.page.getByRole("status")
  await expect.poll(() => textOf(status), patient).toMatch(/^Answer: ./)
  expect(await textOf(status)).toContain(remarks.join(" "))
  await chat.ask("Where is it?")
  expect(await chat.page.locator(".answer .remark").allTextContents()).toEqual(remarks)
  return remarks
}

it("a picture unlike all scenes has a remark under its answer, which is kept; a scene has none", async () => {
  await using chat = await openPage()
  const remarks = await remarksOn(chat, fixturePath("image-processor/images/drawn-333x217.png"))
  expect(remarks).toEqual([expect.stringMatching(/^This model only knows drawn scenes; the picture looks like/)])
  await chat.page.reload()
  await chat.button("What is in this picture?").click()
  await chat.page.getByText(remarks[0]!).first().waitFor()
  await chat.button("New conversation").click()
  const scene = fileURLToPath(new URL("../../../packages/nano/scenes/scene-1.png", import.meta.url))
  expect(await remarksOn(chat, scene)).toEqual([])
})

it("a photograph has a remark", async (context) => {
  await using chat = await openPage()
  const photograph = withReference(context, "data/coco-boxes/images/000000000139.jpg")
  expect(await remarksOn(chat, photograph)).toHaveLength(1)
})
