import { expect } from "vitest"
import { runChat } from "../e2e/chat-process.ts"
import type { DamagedModels } from "./damaged-model.ts"
import { expectNames } from "./expect-names.ts"
import { mistakes } from "./mistakes.ts"

/** Makes a mistake on the command line, and expects one message, without a stack, and exit code 1. */
export async function expectMessage(models: DamagedModels, name: string): Promise<void> {
  const { names, make } = mistakes[name]!
  const { template = "v1", ...opened } = await make(models, name)
  const options = { ...opened, ...(template !== "" && { template }) }
  const args = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value])
  const run = await runChat([...args, "--prompt", "What is this?"], { environment: { HF_HUB_CACHE: models.root } })
  expect(run).toMatchObject({ code: 1, stdout: "", messages: [expect.any(String)] })
  expectNames(run.messages[0]!, names)
  expect(run.stderr).not.toMatch(/\n\s+at |Unexpected error/)
}
