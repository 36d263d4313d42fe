import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { chatCommand, chatEnvironment } from "./chat-process.ts"
import { originalLlava } from "./original-llava.ts"
import { noTerminalReason, Terminal } from "./terminal.ts"

const { folder: model, answers } = originalLlava
const answer = answers.find(({ template, image }) => template === "v1" && image === "drawn-333x217.png")!
const picture = fixturePath("image-processor/images", answer.image)
const reason = noTerminalReason()
if (reason) console.log(`skipped: ${reason}`)

function openChat(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Terminal {
  const command = [...chatCommand, "--model", model, "--template", "v1", "--ignore-eos", ...args]
  return new Terminal(command, { ...chatEnvironment(), TERM: "xterm", ...environment })
}

test.skipIf(reason)("a conversation: pictures, commands, mistakes, turns", async () => {
  using chat = openChat(["--max-new-tokens", "20"])
  await chat.shows(/Ctrl-D leaves\..*> /s)
  chat.type("/image nowhere.png\r")
  await chat.shows(/There is no file nowhere\.png.*> /s)
  chat.type(`/image ${picture}\r`)
  await chat.shows(/333 x 217 pixels.*> /s)
  chat.type(`${answer.question}\r`)
  const first = await chat.shows(/cut off after 20 tokens.*> /s)
  expect(first).toContain(answer.text)

  chat.type("/reset\r")
  await chat.shows(/starts anew.*> /s)
  chat.type(`${answer.question}\r`)
  const blind = await chat.shows(/cut off.*> /s)
  expect(blind).not.toContain(answer.text)

  // Typed before the last answer is there: each has its turn.
  chat.type(`/image '${picture}'\r${answer.question}\r/nonsense\r`)
  expect(await chat.shows(/no command \/nonsense.*> /s)).toMatch(/333 x 217/)
  chat.type("/help\r")
  await chat.shows(/\/reset .*\/quit .*> /s)
  chat.type("/quit\r")
  expect(await chat.exitCode).toBe(0)
})

test.skipIf(reason)("Ctrl-C stops an answer, clears a line, and leaves when pressed twice; Ctrl-D leaves", async () => {
  using chat = openChat(["--max-new-tokens", "400", "--image", picture])
  await chat.shows(/> /)
  chat.type(`${answer.question}\r`)
  await chat.shows(new RegExp(answer.text.slice(0, 20)))
  chat.type("\u0003")
  await chat.shows(/\(stopped\).*> /s)
  chat.type("half a line\u0003")
  expect(await chat.shows(/half a line.*> /s)).not.toContain("leaves")
  chat.type("\u0003")
  await chat.shows(/Ctrl-C again or Ctrl-D leaves.*> /s)
  chat.type("\u0003")
  expect(await chat.exitCode).toBe(0)
})

test.skipIf(reason)("a dumb terminal gets lines and no control characters", async () => {
  using chat = openChat(["--max-new-tokens", "400", "--image", picture], { TERM: "dumb" })
  await chat.shows(/> /)
  chat.type(`${answer.question}\n`)
  await chat.shows(new RegExp(answer.text.slice(0, 20)))
  chat.type("\u0003")
  await chat.shows(/\(stopped\).*> /s)
  chat.type("\u0003")
  await chat.shows(/leaves.*> /s)
  chat.type("/help\n")
  await chat.shows(/\/quit.*> /s)
  chat.type("\u0004")
  expect(await chat.exitCode).toBe(0)
  expect(chat.screen).not.toContain("\u001b")
})

test.skipIf(reason)(
  "with nothing at all it serves the web page and talks about a picture of nano's world",
  async () => {
    using chat = new Terminal(chatCommand, chatEnvironment())
    await chat.shows(/the web page is http:\/\/127\.0\.0\.1:\d+.*the picture is .*scene-1\.png.*> /s)
    chat.type("What is in this picture?\n")
    await chat.shows(/I see a.*> /s)
    chat.type("\u0004")
    expect(await chat.exitCode).toBe(0)
  },
)
