import { openModel } from "@llava/hub"
import type { Llava } from "@llava/model"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { testDevice } from "#testing"
import { findChromium } from "../find-chromium.ts"
import { needsChromium } from "../needs-chromium.ts"
import { openChromium } from "../open-chromium.ts"
import { ChatPage } from "./chat-page.ts"
import { textOf } from "./text-of.ts"

let browser: Browser
let nano: Llava
beforeEach(needsChromium)
beforeAll(async () => {
  if (findChromium() === undefined) return
  browser = await openChromium()
  nano = await openModel("nano", { device: await testDevice() })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await nano?.[Symbol.asyncDispose]()
})

it("nano names what somebody has put into a scene, and is asked on about it", async () => {
  const models = [{ id: "nano", engine: nano }]
  await using chat = await ChatPage.open(browser, { models, routes: { models: new Map([["nano", nano]]) } })
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
