// Pictures of the page for the README: node --conditions=@llava/source tests/browser/page/screenshots.ts
import { fileURLToPath } from "node:url"
import type { BrowserContextOptions } from "playwright-core"
import { ScenePictures } from "../../../apps/chat/src/page/scene-pictures.ts"
import { openChromium } from "../open-chromium.ts"
import { ChatPage } from "./chat-page.ts"

const docs = fileURLToPath(new URL("../../../docs/", import.meta.url))
const desktop = { viewport: { width: 1180, height: 760 } }
/** What the example model says of the second sample: what is true of it. */
const { caption: text } = await new ScenePictures().describeSample(1)

await using browser = await openChromium()

async function shoot(
  name: string,
  context: BrowserContextOptions,
  prepare: (chat: ChatPage) => Promise<unknown>,
): Promise<void> {
  await using chat = await ChatPage.open(browser, { context, script: { text }, id: "example" })
  await chat.page.locator(".samples img").last().waitFor()
  await prepare(chat)
  await chat.page.evaluate(() => document.fonts.ready)
  await chat.page.screenshot({ path: `${docs}${name}.png` })
  console.log(`docs/${name}.png`)
}

await shoot("page-light", { ...desktop, colorScheme: "light" }, async (chat) => {
  await chat.page.locator(".samples button").nth(1).click()
  await chat.page.locator(".question-form .picture-strip img").waitFor()
  await chat.ask("What is in this picture?")
  await chat.button("Speed and tokens").click()
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
