// Pictures of the page for the README, with nano's own answers:
// node --conditions=@llava/source tests/browser/page/screenshots.ts
import { fileURLToPath } from "node:url"
import { openModel } from "@llava/hub"
import type { BrowserContextOptions } from "playwright-core"
import { openChromium } from "../open-chromium.ts"
import { ChatPage } from "./chat-page.ts"

const docs = fileURLToPath(new URL("../../../docs/", import.meta.url))
const desktop = { viewport: { width: 1180, height: 760 } }

await using nano = await openModel("nano")
await using browser = await openChromium()

async function shoot(
  name: string,
  context: BrowserContextOptions,
  prepare: (chat: ChatPage) => Promise<unknown>,
): Promise<void> {
  const models = [{ id: "nano", engine: nano }]
  await using chat = await ChatPage.open(browser, { context, models, routes: { models: new Map([["nano", nano]]) } })
  await chat.page.locator(".samples img").last().waitFor()
  await prepare(chat)
  await chat.page.screenshot({ path: `${docs}${name}.png` })
  console.log(`docs/${name}.png`)
}

await shoot("page-light", { viewport: { width: 1180, height: 1010 }, colorScheme: "light" }, async (chat) => {
  await chat.page.locator(".samples button").nth(1).click()
  await chat.page.locator(".question-form .picture-strip img").waitFor()
  await chat.question.press("Enter")
  await chat.finished()
  await chat.button("What the model looked at").click()
  await chat.page.locator(".map canvas").waitFor()
  await chat.page.locator(".attention").scrollIntoViewIfNeeded()
})

await shoot("page-dark", { ...desktop, colorScheme: "dark" }, async (chat) => {
  await chat.button("Compose a scene").click()
  await chat.page.getByLabel("Setting", { exact: true }).selectOption("sea")
  for (const kind of ["sailboat", "whale", "crab"]) await chat.button(`Add ${kind}`).click()
  await chat.page.locator(".palette img").last().waitFor()
  await chat.page.waitForLoadState("networkidle")
})

await shoot("page-phone", { viewport: { width: 390, height: 760 }, isMobile: true, hasTouch: true }, async (chat) => {
  await chat.page.waitForLoadState("networkidle")
})
