import { readFile } from "node:fs/promises"
import sharp from "sharp"
import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { openChromium } from "../open-chromium.ts"
import { cameraFlags } from "./camera-flags.ts"
import { ChatPage } from "./chat-page.ts"
import { sharedChromium } from "./shared-chromium.ts"
import { textOf } from "./text-of.ts"

const picture = fixturePath("image-processor/images/drawn-333x217.png")
const other = fixturePath("image-processor/images/drawn-120x401-alpha.png")

const browser = sharedChromium()

/** Lets something happen to the page as if files were dropped on it, or pasted. */
async function give(
  chat: ChatPage,
  how: "drop" | "paste",
  files: readonly { name: string; type: string; path: string }[],
) {
  const contents = await Promise.all(
    files.map(async ({ path, ...file }) => ({ ...file, base64: (await readFile(path)).toString("base64") })),
  )
  await chat.page.evaluate(
    ({ how, contents }) => {
      const data = new DataTransfer()
      for (const { name, type, base64 } of contents) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        data.items.add(new File([bytes], name, { type }))
      }
      const options = { bubbles: true, cancelable: true }
      if (how === "paste") {
        document.body.dispatchEvent(new ClipboardEvent("paste", { ...options, clipboardData: data }))
      } else {
        document.body.dispatchEvent(new DragEvent("dragover", { ...options, dataTransfer: data }))
        document.body.dispatchEvent(new DragEvent("drop", { ...options, dataTransfer: data }))
      }
    },
    { how, contents },
  )
}

test("pictures are dropped, pasted and chosen; several go in order, and one is taken out again", async () => {
  await using chat = await ChatPage.open(browser())
  const { page } = chat
  await give(chat, "drop", [{ name: "first.png", type: "image/png", path: picture }])
  await page.getByRole("img", { name: "first.png" }).waitFor()
  await give(chat, "paste", [{ name: "second.png", type: "image/png", path: other }])
  await page.getByRole("img", { name: "second.png" }).waitFor()
  await chat.choose(picture)
  await chat.button("Remove first.png").click()
  await chat.ask("")
  expect(chat.sentPictures).toEqual([await readFile(other), await readFile(picture)])
  expect(await textOf(page.locator(".conversation"))).toBe("A picture")
})

test("what is no picture is named, and the others still come", async () => {
  await using chat = await ChatPage.open(browser())
  const { page } = chat
  await give(chat, "drop", [
    { name: "notes.txt", type: "text/plain", path: fixturePath("README.md") },
    { name: "good.png", type: "image/png", path: picture },
  ])
  await page.getByRole("img", { name: "good.png" }).waitFor()
  const alert = page.getByRole("alert")
  expect(await textOf(alert)).toMatch(/notes\.txt is not a picture.*Choose a PNG/)
  await chat.button("Dismiss").click()
  expect(await textOf(alert)).toBe("")
})

test("a large picture is made smaller before it is sent", async () => {
  await using chat = await ChatPage.open(browser())
  const { page } = chat
  await page.evaluate(async () => {
    const canvas = document.createElement("canvas")
    canvas.width = 3000
    canvas.height = 1000
    const context = canvas.getContext("2d")!
    const noise = context.createImageData(3000, 1000)
    for (let at = 0; at < noise.data.length; at++) noise.data[at] = at % 4 === 3 ? 255 : Math.random() * 256
    context.putImageData(noise, 0, 0)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
    const data = new DataTransfer()
    data.items.add(new File([blob!], "large.png", { type: "image/png" }))
    document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }))
  })
  await page.getByRole("img", { name: "large.png" }).waitFor()
  await chat.ask("What?")
  const [sent] = chat.sentPictures
  expect(await sharp(sent).metadata()).toMatchObject({ format: "jpeg", width: 2048, height: 683 })
})

test("a photograph is taken with the camera", async () => {
  await using camera = await openChromium(cameraFlags)
  await using chat = await ChatPage.open(camera, { context: { permissions: ["camera"] } })
  await chat.button("Take a photograph").click()
  await chat.button("Take the picture").click()
  await chat.page.getByRole("img", { name: "photograph" }).waitFor()
  await chat.ask("What is in front of me?")
  const [photograph] = chat.sentPictures
  expect([...photograph!.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff])
})

test("without a camera the page says what to do", async () => {
  await using chat = await ChatPage.open(browser())
  await chat.button("Take a photograph").click()
  expect(await textOf(chat.page.locator("dialog .problem"))).toMatch(/[Cc]hoose a file/)
})
