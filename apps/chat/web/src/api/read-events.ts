/**
 * The data of each server-sent event of a reply, in order. Lines may end in any of the ways that the format allows, and
 * events may be cut anywhere on their way.
 */
export async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string, void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ""
  let data: string[] = []
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      rest += value
      const lines = rest.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ""
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) yield data.join("\n")
          data = []
        } else if (line.startsWith("data:")) {
          data.push(line.slice(line[5] === " " ? 6 : 5))
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
