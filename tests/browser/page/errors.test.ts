import { expect, test } from "vitest"
import { ChatPage } from "./chat-page.ts"
import { sharedChromium } from "./shared-chromium.ts"
import { textOf } from "./text-of.ts"

const browser = sharedChromium()

const problem = (chat: ChatPage) => textOf(chat.page.locator(".answer .problem"))

test("a server that is gone: the question stays, the next step is named, and works", async () => {
  await using chat = await ChatPage.open(browser())
  await chat.page.route("**/v1/chat/completions", (route) => route.abort())
  await chat.ask("Still there?")
  expect(await problem(chat)).toMatch(/The server does not answer\..*npm start/)
  await chat.page.unroute("**/v1/chat/completions")
  await chat.button("Answer again").click()
  await chat.finished()
  expect(await textOf(chat.answers)).toBe("A cup.")
})

test("a server that ends in the middle of an answer", async () => {
  await using chat = await ChatPage.open(browser(), { script: { text: "word ".repeat(400), tokenMs: 5 } })
  await chat.question.fill("Tell")
  await chat.question.press("Enter")
  await chat.page.getByText("word word").waitFor()
  await chat.stopServer()
  await chat.finished()
  expect(await problem(chat)).toMatch(/broke off.*try again/)
  expect(await textOf(chat.answers)).toContain("word word")
})

test("a model that fails in the middle says so", async () => {
  await using chat = await ChatPage.open(browser(), {
    script: { text: "Some words", failure: { after: 4, error: new Error("boom") } },
  })
  await chat.ask("Well?")
  expect(await problem(chat)).toMatch(/\w.*\. Try again/s)
})

test("a key is asked for, entered under Settings, and sent", async () => {
  await using chat = await ChatPage.open(browser(), { server: { apiKeys: ["secret"] } })
  const { page } = chat
  await page.getByRole("alert").getByText("Enter the server's key under Settings").waitFor()
  await chat.button("Settings").click()
  await page.getByLabel("Server key").fill("secret")
  await page.getByLabel("Server key").blur()
  await page.keyboard.press("Escape")
  await chat.button(/^Model: scripted/).waitFor()
  expect(await textOf(page.getByRole("alert"))).toBe("")
  await chat.ask("Now?")
  expect(await textOf(chat.answers)).toBe("A cup.")
})

test.each([
  [429, { "retry-after": "7" }, /Try again in 7 s\./],
  [413, {}, /fewer or smaller pictures/],
  [500, {}, /Try again/],
])("a refusal with %d has a next step", async (status, headers, nextStep) => {
  await using chat = await ChatPage.open(browser())
  const error = { message: "The server says no.", type: "x", code: null, param: null }
  await chat.page.route("**/v1/chat/completions", (route) => route.fulfill({ status, headers, json: { error } }))
  await chat.ask("May I?")
  expect(await problem(chat)).toMatch(/^The server says no\./)
  expect(await problem(chat)).toMatch(nextStep)
})

test("a server of another make, without routes for the page, is enough to chat", async () => {
  await using chat = await ChatPage.open(browser())
  await chat.page.route("**/page/offer", (route) => route.fulfill({ status: 404, body: "no" }))
  await chat.page.reload()
  await chat.ask("Hello")
  expect(await textOf(chat.answers)).toBe("A cup.")
  expect(await chat.button("Compose a scene").count()).toBe(0)
})
