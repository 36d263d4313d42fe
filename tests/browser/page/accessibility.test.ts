import axe from "axe-core"
import type { BrowserContextOptions } from "playwright-core"
import { describe, expect, test } from "vitest"
import { openChromium } from "../open-chromium.ts"
import { cameraFlags } from "./camera-flags.ts"
import { ChatPage } from "./chat-page.ts"
import { patient } from "./patient.ts"
import { sharedChromium } from "./shared-chromium.ts"

const browser = sharedChromium()

const looks: [string, BrowserContextOptions][] = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", { viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true }],
]
const text =
  "Some **bold** `code`, a [link](https://example.org).\n\n- item\n\n```ts\nconst a = 1\n```\n\n| a |\n|---|\n| 1 |"

/** What axe finds wrong, as sentences. */
async function violations(chat: ChatPage): Promise<string[]> {
  // evaluate() runs outside of the page's content security policy, as a user's own tools do.
  await chat.page.evaluate(axe.source)
  const found = await chat.page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") }
    const { passes, violations } = await axe.run()
    return { passed: passes.length, wrong: violations.map(({ id, help, nodes }) => ({ id, help, nodes })) }
  })
  // Rules that hold: axe has looked at something.
  expect(found.passed).toBeGreaterThan(15)
  return found.wrong.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" ")}`)
}

/** As if the scripted model told what it looks at. */
async function pretendAttention(chat: ChatPage): Promise<void> {
  await chat.page.route("**/page/offer", async (route) => {
    const offer: object = await (await route.fetch()).json()
    await route.fulfill({ json: { ...offer, attention: true } })
  })
  const view = { left: 0, top: 0, width: 1, height: 1 }
  const json = { tokens: ["A", " cat"], images: [{ columns: 2, rows: 1, view }], weights: [[[0.2, 0.1]], [[0, 0.5]]] }
  await chat.page.route("**/v1/page/attention", (route) => route.fulfill({ json }))
  await chat.page.reload()
}

describe.each(looks)("%s", (_, context) => {
  test("axe finds nothing wrong in any view", { timeout: 180_000 }, async () => {
    const { promise: shown, resolve: wasShown } = Promise.withResolvers<void>()
    await using chat = await ChatPage.open(browser(), {
      context,
      script: { text, remarks: ["The picture is strange to this model."] },
      routes: {
        async openModel(name, { onProgress }) {
          onProgress({ stage: "download", loadedBytes: 3e6, totalBytes: 12e6 })
          await shown
          throw new Error(`${name} is too big.`)
        },
      },
    })
    const { page } = chat
    await pretendAttention(chat)
    const isNarrow = (page.viewportSize()?.width ?? 0) < 800
    await page.locator(".samples img").first().waitFor()
    expect(await violations(chat), "welcome").toEqual([])
    await page.locator(".samples button").first().click()
    await page.locator(".picture-strip img").waitFor()
    await chat.ask("What is it?")
    await chat.button("Speed and tokens").click()
    expect(await violations(chat), "conversation").toEqual([])
    await chat.button("What the model looked at").click()
    await chat.button("cat").click()
    await page.getByText("50 % of the attention went to the picture, of that most to the").waitFor()
    expect(await violations(chat), "attention").toEqual([])
    await chat.button("Edit question").click()
    expect(await violations(chat), "editing").toEqual([])
    await chat.button("Cancel").click()
    await page.route("**/v1/chat/completions", (route) => route.abort())
    await chat.ask("Gone?")
    expect(await violations(chat), "a problem").toEqual([])
    await chat.button("Settings").click()
    expect(await violations(chat), "settings").toEqual([])
    await chat.button("Close").click()
    await chat.button(/^Model: /).click()
    expect(await violations(chat), "models").toEqual([])
    await chat.button("Open llava-1.5-7b").click()
    await page.getByText("3 of 12 MB").waitFor()
    expect(await violations(chat), "a model that is opening").toEqual([])
    wasShown()
    await page.getByText("llava-1.5-7b is too big.").waitFor()
    expect(await violations(chat), "a model that cannot be opened").toEqual([])
    await chat.button("Close").click()
    await chat.button("Take a photograph").click()
    await page.locator("dialog .problem").waitFor()
    expect(await violations(chat), "no camera").toEqual([])
    await chat.button("Close").click()
    await chat.button("Compose a scene").click()
    await chat.button("Add cat").click()
    await page.locator(".stage-object img").waitFor()
    expect(await violations(chat), "scene composer").toEqual([])
    await chat.button("Close").click()
    if (isNarrow) {
      await chat.button("Conversations").click()
      expect(await violations(chat), "list of conversations").toEqual([])
      await page.keyboard.press("Escape")
      await page.locator(".sidebar.open").waitFor({ state: "detached" })
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })
})

test("axe finds nothing wrong in the view of a camera", { timeout: 180_000 }, async () => {
  await using camera = await openChromium(cameraFlags)
  for (const [look, context] of looks) {
    await using chat = await ChatPage.open(camera, { context: { ...context, permissions: ["camera"] } })
    await chat.button("Take a photograph").click()
    expect(await violations(chat), `${look}, opening`).toEqual([])
    await expect.poll(() => chat.button("Take the picture").isEnabled(), patient).toBe(true)
    expect(await violations(chat), look).toEqual([])
  }
})

test("everything is reached with the tab key, and the focus is seen", async () => {
  await using chat = await ChatPage.open(browser())
  const { page } = chat
  await page.locator(".samples img").first().waitFor()
  const reached: string[] = []
  for (let step = 0; step < 30; step++) {
    await page.keyboard.press("Tab")
    const focus = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return undefined
      const { outlineStyle } = getComputedStyle(element)
      const isField = element.tagName === "TEXTAREA"
      return {
        name: element.getAttribute("aria-label") ?? element.textContent ?? "",
        seen: isField || outlineStyle !== "none",
      }
    })
    if (!focus) break
    expect(focus.seen, focus.name).toBe(true)
    reached.push(focus.name)
  }
  for (const name of ["Skip to the question", "New conversation", "Import", "Settings", "Add pictures", "Question"]) {
    expect(reached).toContain(name)
  }
})
