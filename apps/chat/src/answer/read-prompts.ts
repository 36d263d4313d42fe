import { ChatError } from "../chat-error.ts"

type Bytes = AsyncIterable<Uint8Array | string>

/** All of standard input as one prompt, without the line break at its end. */
export async function readPrompt(input: Bytes): Promise<string> {
  let text = ""
  for await (const piece of decoded(input)) text += piece
  return text.replace(/(\r?\n)+$/, "")
}

/** The lines of standard input as they come; empty ones are left out. */
export async function* readPromptLines(input: Bytes): AsyncGenerator<string> {
  let rest = ""
  for await (const piece of decoded(input)) {
    const lines = (rest + piece).split("\n")
    rest = lines.pop()!
    for (const line of lines) if (line.trim() !== "") yield line.replace(/\r$/, "")
  }
  if (rest.trim() !== "") yield rest.replace(/\r$/, "")
}

async function* decoded(input: Bytes): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  try {
    for await (const chunk of input) {
      yield typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true })
    }
    yield decoder.decode()
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new ChatError("Standard input is not UTF-8 text.", {
      code: "input-encoding",
      fix: "Pass the picture with --image and the prompt as text.",
      cause,
    })
  }
}
