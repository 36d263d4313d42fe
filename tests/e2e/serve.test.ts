import { spawn } from "node:child_process"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { connect, createServer } from "node:net"
import { describe, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { chatCommand, chatEnvironment, runChat } from "./chat-process.ts"

const model = fixturePath("llava-original-mlp/model")
const withModel = ["--model", model, "--template", "v1"]

/** `serve` until it says where it listens. */
async function startServe(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const [program, ...before] = chatCommand
  const child = spawn(program, [...before, "serve", ...args], {
    env: { ...chatEnvironment(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let stdout = ""
  let stderr = ""
  const ended = once(child, "close").then(([code]) => code as number | null)
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text
      const found = /http:\/\/\S+/.exec(stdout)?.[0]
      if (found !== undefined && stdout.includes("\n")) resolve(found.replace(/\/$/, ""))
    })
    ended.then((code) => reject(new Error(`serve ended with ${code}: ${stderr}`)))
  })
  return { child, url, ended, said: () => stderr }
}

async function ask(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ model: "model", max_tokens: 4, messages: [{ role: "user", content: "What?" }] }),
  })
}

// Each starts a program that loads a model, on whatever adapter there is.
describe("serve", { timeout: 180_000 }, () => {
  test("answers on this machine at a free port, with the key from the environment, until it is told to end", async () => {
    const { child, url, ended, said } = await startServe([...withModel, "--no-page", "--max-tokens", "6"], {
      LLAVA_API_KEY: "secret",
    })
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect((await ask(url)).status).toBe(401)
    const reply = (await (await ask(url, { authorization: "Bearer secret" })).json()) as { usage: object }
    expect(reply).toMatchObject({ model: "model", usage: { completion_tokens: 4 } })
    // Somebody who keeps a connection open does not keep it from ending.
    const idle = connect(Number(new URL(url).port), "127.0.0.1")
    await once(idle, "connect")
    child.kill("SIGTERM")
    expect(await ended).toBe(0)
    idle.destroy()
    expect(said()).toMatch(/llava: model is ready/)
    expect(said()).not.toMatch(/secret|\n\s+at /)
  })

  test("says in one sentence what is wrong", async () => {
    const taken = createServer().listen(0, "127.0.0.1")
    await once(taken, "listening")
    const { port } = taken.address() as AddressInfo
    const runs: [args: string[], message: RegExp][] = [
      [[...withModel, "--port", String(port)], new RegExp(`port ${port} is taken`)],
      [["--model", "no/such/folder/x"], /There is no model 'no\/such\/folder\/x'/],
    ]
    for (const [args, message] of runs) {
      const run = await runChat(["serve", ...args])
      expect(run).toMatchObject({ code: 1, stdout: "" })
      expect(run.messages.at(-1)).toMatch(message)
      expect(run.stderr).not.toMatch(/\n\s+at /)
    }
    taken.close()
  })

  test("help goes to standard output", async () => {
    const run = await runChat(["serve", "--help"])
    expect(run).toMatchObject({ code: 0, stderr: "" })
    for (const option of ["port", "host", "model", "api-key", "max-concurrent", "allow-private-urls"]) {
      expect(run.stdout).toContain(`--${option}`)
    }
  })
})
