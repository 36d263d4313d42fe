import type { Llava } from "@llava/model"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { fixturePath } from "#testing"
import { generationRow, openGolden } from "../../llava/open-golden.ts"
import { findChromium } from "../find-chromium.ts"
import { needsChromium } from "../needs-chromium.ts"
import { openChromium } from "../open-chromium.ts"
import { ChatPage } from "./chat-page.ts"
import { patient } from "./patient.ts"
import { textOf } from "./text-of.ts"

const row = generationRow("v1", "drawn-333x217.png")
const picture = fixturePath("image-processor/images", row.image)

let browser: Browser
let model: Llava
beforeEach(needsChromium)
beforeAll(async () => {
  if (findChromium() === undefined) return
  browser = await openChromium()
  model = await openGolden()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await model?.[Symbol.asyncDispose]()
})

it("the page shows the original LLaVA's answer, and what it looked at", async () => {
  await using chat = await ChatPage.open(browser, {
    models: [{ id: "golden", engine: model }],
    routes: { models: new Map([["golden", model]]) },
  })
  const { page } = chat
  await chat.button("Settings").click()
  await page.getByLabel("Longest answer").fill("20")
  await page.keyboard.press("Escape")
  await chat.choose(picture)
  await chat.ask(row.question)
  await chat.button("Copy answer").waitFor()
  const shown = (await textOf(chat.answers)).replaceAll(/\s/g, "")
  expect(row.text.replaceAll(/\s/g, "").startsWith(shown.slice(0, 4))).toBe(true)

  await chat.button("What the model looked at").click()
  const view = page.getByRole("region", { name: "What the model looked at" })
  await view.locator("canvas").waitFor()
  expect(await textOf(view.locator("figcaption"))).toMatch(/\d+ % of the attention went to the picture/)
  const heat = () => view.locator("canvas").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
  const whole = await heat()
  const words = view.locator(".tokens button")
  expect(await words.count()).toBeGreaterThan(2)
  await words.nth(1).click()
  await page.mouse.move(0, 0)
  expect(await words.nth(1).getAttribute("aria-pressed")).toBe("true")
  await expect.poll(heat, patient).not.toBe(whole)
  // This model pads pictures to squares: the grid reaches beyond a wide one, above and below.
  const place = await view.locator("canvas").evaluate((canvas) => {
    const [map, grid] = [canvas.parentElement!.getBoundingClientRect(), canvas.getBoundingClientRect()]
    return [(grid.left - map.left) / map.width, grid.width / map.width, grid.height / map.height]
  })
  const expected = [0, 1, 333 / 217]
  for (const [index, share] of place.entries()) expect(share).toBeCloseTo(expected[index]!, 2)
})
