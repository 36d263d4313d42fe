import type { ServerResponse } from "node:http"
import { setTimeout } from "node:timers/promises"
import { scriptedCompletion } from "./scripted-completion.ts"
import type { ScriptedAnswer, ScriptedChat, ScriptedFault, ScriptedReply } from "./scripted-reply.ts"

/** Answers a chat request, or fails it, as the script says. */
export async function writeScriptedReply(
  response: ServerResponse,
  chat: ScriptedChat | undefined,
  reply: ScriptedReply,
): Promise<void> {
  const answer = typeof reply === "string" ? { text: reply } : reply
  if ("fault" in answer) return writeFault(response, answer)
  if (answer.delay) await setTimeout(answer.delay)
  if (answer.whole || !chat?.stream) return writeJson(response, 200, scriptedCompletion(chat!, answer))
  writeStream(response, chat, answer)
}

function writeStream(response: ServerResponse, chat: ScriptedChat, answer: ScriptedAnswer): void {
  const completion = scriptedCompletion(chat, answer)
  const { usage, choices, ...head } = completion
  const half = Math.ceil(answer.text.length / 2)
  const finish = { index: 0, delta: {}, finish_reason: choices[0]!.finish_reason }
  const deltas = [answer.text.slice(0, half), answer.text.slice(half)].filter((text) => text !== "")
  beginStream(response)
  for (const content of deltas) response.write(event({ ...head, choices: [{ index: 0, delta: { content } }] }))
  response.write(event({ ...head, choices: [finish] }))
  if (usage) response.write(event({ ...head, choices: [], usage }))
  response.end("data: [DONE]\n\n")
}

function writeFault(response: ServerResponse, fault: ScriptedFault): void {
  switch (fault.fault) {
    case "status": {
      const { status, code = null, param = null } = fault
      for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value)
      writeJson(response, status, { error: { message: `scripted ${status}`, type: "scripted", code, param } })
      return
    }
    case "html":
      response.writeHead(fault.status ?? 200, { "content-type": "text/html; charset=utf-8" })
      response.end("<!doctype html><title>Welcome</title><p>It works!")
      return
    case "break":
      beginStream(response)
      response.write(delta(fault.text.slice(0, fault.after)), () => response.destroy())
      return
    case "unfinished":
      beginStream(response)
      response.end(delta(fault.text))
      return
    case "malformed":
      beginStream(response)
      response.end('data: {"choices":[{"index":0,"delta":{"content":"Questi\n\n')
      return
    case "error-in-stream":
      beginStream(response)
      response.end(event({ error: { message: fault.message, type: "server_error" } }))
      return
    case "hang":
  }
}

function writeJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" })
  response.end(JSON.stringify(value))
}

function beginStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" })
}

function delta(content: string): string {
  return event({ id: "scripted", object: "chat.completion.chunk", choices: [{ index: 0, delta: { content } }] })
}

function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
