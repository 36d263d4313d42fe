import type { Message } from "@llava/core"
import { type GenerateOptions, Generation } from "@llava/model"
import { expect, test } from "vitest"
import { answerTurn } from "./answer-turn.ts"
import { Conversation } from "./conversation.ts"

const image = { width: 1, height: 1, data: Uint8Array.of(1, 2, 3) }

/** A model that says given words; at "STOP" it waits for the signal, at "FAIL" it fails. */
function talk(conversation: Conversation) {
  const asked: (readonly Message[])[] = []
  let printed = ""
  async function say(text: string, words: string[]) {
    const stop = new AbortController()
    const generate = ({ messages, signal }: GenerateOptions) => {
      asked.push(messages)
      return new Generation(async (emit) => {
        for (const word of words) {
          if (word === "FAIL") throw new Error("no more room")
          if (word === "STOP") {
            await new Promise((resolve) => setTimeout(resolve))
            stop.abort()
          }
          signal?.throwIfAborted()
          emit({ text: word, tokenId: 1 })
        }
        return {
          text: words.join(""),
          tokenIds: words.map(() => 1),
          finishReason: words.length > 2 ? "length" : "stop",
          usage: { promptTokens: 1, imageTokens: 0, generatedTokens: words.length, cachedTokens: 0 },
          timings: { encodeMs: 0, prefillMs: 0, decodeMs: 0, tokensPerSecond: 0 },
        }
      })
    }
    const output = {
      write: async (piece: string) => {
        printed += piece
      },
    }
    await answerTurn({ model: { generate }, settings: {} }, conversation, text, output, stop.signal)
  }
  return { asked, say, printed: () => printed }
}

test("turns and pictures become history", async () => {
  const { asked, say, printed } = talk(new Conversation([image]))
  await say("What?", ["A ", "cat."])
  await say("Sure?", ["Yes."])
  const first = {
    role: "user",
    content: [
      { type: "image", image },
      { type: "text", text: "What?" },
    ],
  }
  expect(asked).toEqual([
    [first],
    [first, { role: "assistant", content: "A cat." }, { role: "user", content: "Sure?" }],
  ])
  expect(printed()).toBe("A cat.\nYes.\n")
})

test("what was said before a stop stays", async () => {
  const conversation = new Conversation()
  const { asked, say, printed } = talk(conversation)
  await say("Count.", ["one ", "two", "STOP"])
  await say("Go on.", ["three"])
  expect(asked[1]).toEqual([
    { role: "user", content: "Count." },
    { role: "assistant", content: "one two" },
    { role: "user", content: "Go on." },
  ])
  expect(printed()).toBe("one two\n(stopped)\nthree\n")
})

test("stopped before the first word, a message is not kept and its pictures wait", async () => {
  const conversation = new Conversation([image])
  const { asked, say, printed } = talk(conversation)
  await say("What?", ["STOP"])
  expect(conversation.attached).toBe(1)
  await say("And now?", ["A cat."])
  expect(asked[1]).toEqual([
    {
      role: "user",
      content: [
        { type: "image", image },
        { type: "text", text: "And now?" },
      ],
    },
  ])
  expect(printed()).toBe("(stopped)\nA cat.\n")
})

test("a message that fails is forgotten with its pictures", async () => {
  const conversation = new Conversation([image])
  const { asked, say } = talk(conversation)
  await expect(say("What?", ["A ", "FAIL"])).rejects.toThrow("no more room")
  await say("Hello?", ["Hi."])
  expect(asked[1]).toEqual([{ role: "user", content: "Hello?" }])
})

test("an answer at the limit says so, and one without words too", async () => {
  const { say, printed } = talk(new Conversation())
  await say("Count.", ["1 ", "2 ", "3"])
  await say("Well?", [])
  expect(printed()).toBe("1 2 3\n(cut off after 3 tokens)\n(no answer)\n")
})

test("a reset forgets turns and pictures", async () => {
  const conversation = new Conversation()
  const { asked, say } = talk(conversation)
  await say("One.", ["Yes."])
  conversation.attach(image)
  conversation.reset()
  await say("Two.", ["Yes."])
  expect(asked[1]).toEqual([{ role: "user", content: "Two." }])
})
