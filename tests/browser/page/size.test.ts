import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { describe, expect, test } from "vitest"
import { buildPage } from "./build-page.ts"
import { ChatPage } from "./chat-page.ts"
import { sharedChromium } from "./shared-chromium.ts"

test("all scripts together are less than 150 kB compressed, and nothing comes from elsewhere", async () => {
  const folder = await buildPage()
  const names = await readdir(folder)
  expect(names.sort()).toEqual(["app.js", "icon.svg", "index.html", "style.css"])
  const script = await readFile(join(folder, "app.js"))
  expect(gzipSync(script).length).toBeLessThan(150_000)
  const page = await readFile(join(folder, "index.html"), "utf8")
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
  expect(page).not.toMatch(/<style|<script(?![^>]*src=)|\son\w+=|\sstyle=/)
})

describe("in a browser", () => {
  const browser = sharedChromium()

  test("questions can be typed soon after the page is opened", async () => {
    await using chat = await ChatPage.open(browser())
    await chat.page.reload()
    await chat.question.waitFor()
    const timing = await chat.page.evaluate(() => {
      const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[]
      return navigation!.domContentLoadedEventEnd
    })
    console.log(`the page is there after ${timing.toFixed(0)} ms`)
    // A second on a machine that has the time; here others may be at work.
    expect(timing).toBeLessThan(5000)
  })
})
