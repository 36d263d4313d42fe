import sharp from "sharp"
import { expect, test } from "vitest"
import { ScriptedEngine } from "../../../packages/server/src/testing/scripted-engine.ts"
import { ChatPage } from "./chat-page.ts"
import { sharedChromium } from "./shared-chromium.ts"
import { textOf } from "./text-of.ts"

const browser = sharedChromium()

/** The picture of the last question, as pixels. */
async function askedPicture(chat: ChatPage): Promise<{ data: Buffer; width: number }> {
  const [picture] = chat.sentPictures
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width }
}

/** The thirds in which two pictures differ. */
function changedThirds(a: { data: Buffer; width: number }, b: { data: Buffer }): number[] {
  const thirds = new Set<number>()
  for (let at = 0; at < a.data.length; at += 3) {
    if (a.data.compare(b.data, at, at + 3, at, at + 3) === 0) continue
    const [x, y] = [(at / 3) % a.width, Math.floor(at / 3 / a.width)]
    thirds.add(Math.floor((y * 3) / a.width) * 3 + Math.floor((x * 3) / a.width))
  }
  return [...thirds].sort()
}

test("a sample picture comes with its question", async () => {
  await using chat = await ChatPage.open(browser())
  const sample = chat.page.locator(".samples button").first()
  const question = await textOf(sample.locator("span"))
  await sample.click()
  await chat.page.locator(".picture-strip img").waitFor()
  expect(await chat.question.inputValue()).toBe(question)
  await chat.ask(question)
  expect((await askedPicture(chat)).width).toBe(72)
})

test("a scene is composed by dragging", async () => {
  await using chat = await ChatPage.open(browser())
  const { page } = chat
  await chat.button("Compose a scene").click()
  await page.getByLabel("Setting", { exact: true }).selectOption("sea")
  const stage = page.locator(".stage")
  const box = (await stage.boundingBox())!
  const drag = async (from: { x: number; y: number }, column: number, row: number) => {
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    const to = { x: box.x + (box.width * (column + 0.5)) / 3, y: box.y + (box.height * (row + 0.5)) / 3 }
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 })
    await page.mouse.move(to.x, to.y, { steps: 3 })
    await page.mouse.up()
  }
  const middle = async (name: string) => {
    const { x, y, width, height } = (await chat.button(new RegExp(`^${name}`)).boundingBox())!
    return { x: x + width / 2, y: y + height / 2 }
  }
  await drag(await middle("Add crab"), 2, 0)
  await chat.button(/^crab at the top right/).waitFor()
  await drag(await middle("crab at"), 0, 2)
  await chat.button(/^crab at the bottom left/).waitFor()
  expect(await page.locator(".stage-object").count()).toBe(1)
  await chat.button("Ask about this picture").click()
  await page.getByRole("img", { name: "crab (sea)" }).waitFor()
  await chat.ask("What is it?")
  const crab = await askedPicture(chat)

  await page.keyboard.press("Alt+n")
  await chat.button("Compose a scene").click()
  await page.getByLabel("Setting", { exact: true }).selectOption("sea")
  await chat.button("Add crab").click()
  await chat.button("Ask about this picture").click()
  await page.getByRole("img", { name: "crab (sea)" }).waitFor()
  await chat.ask("What is it?")
  expect(changedThirds(crab, await askedPicture(chat))).toEqual([4, 6])
})

test("a scene is composed by keyboard alone", async () => {
  await using chat = await ChatPage.open(browser())
  const { page } = chat
  await chat.button("Compose a scene").focus()
  await page.keyboard.press("Enter")
  await chat.button("Add cat").focus()
  await page.keyboard.press("Enter")
  await chat.button("Add dog").focus()
  await page.keyboard.press("Enter")
  await chat.button(/^cat at the center/).focus()
  await page.keyboard.press("ArrowUp")
  await page.keyboard.press("ArrowRight")
  await chat.button(/^cat at the top right/).waitFor()
  await page.keyboard.press("ArrowRight")
  await chat.button("Mirror").press("Enter")
  await chat.button(/^dog at the left/).focus()
  await page.keyboard.press("Delete")
  expect(await page.locator(".stage-object").count()).toBe(1)
  expect(await page.locator(".stage-object img.flipped").count()).toBe(1)
  await page.getByLabel("Find a thing").fill("zebra")
  await page.getByText("There is no zebra in this world.").waitFor()
  // The first Escape empties the search.
  await page.keyboard.press("Escape")
  await page.keyboard.press("Escape")
  expect(await chat.button("Compose a scene").evaluate((button) => button === document.activeElement)).toBe(true)
})

test("another model is opened, with its progress, and asked", async () => {
  const { promise: shown, resolve: wasShown } = Promise.withResolvers<void>()
  const names: string[] = []
  await using chat = await ChatPage.open(browser(), {
    models: [
      { id: "first", engine: new ScriptedEngine() },
      { id: "second", engine: new ScriptedEngine({ text: "From the second." }) },
    ],
    routes: {
      async openModel(name, { onProgress }) {
        names.push(name)
        if (name === "no/such") throw new Error("There is no model no/such.")
        onProgress({ stage: "download", loadedBytes: 3e6, totalBytes: 12e6 })
        await shown
        return "second"
      },
    },
  })
  const { page } = chat
  await chat.button(/^Model: first/).click()
  await page.getByLabel("Another name").fill("no/such")
  await page.getByLabel("Another name").press("Enter")
  await page.getByText("There is no model no/such.").waitFor()
  await chat.button(/^Open llava-1.5-7b$/).click()
  await page.getByText("Downloading llava-1.5-7b: 3 of 12 MB").waitFor()
  const progress = page.getByRole("progressbar")
  expect(await progress.evaluate((bar: HTMLProgressElement) => bar.position)).toBe(0.25)
  wasShown()
  await progress.waitFor({ state: "detached" })
  expect(names).toEqual(["no/such", "llava-1.5-7b"])
  await chat.button("Done").click()
  await chat.ask("Who are you?")
  expect(await textOf(chat.answers)).toBe("From the second.")
})
