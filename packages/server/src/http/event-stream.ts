/**
 * Messages as server-sent events. The stream begins once the first message is there, so that what fails before can still
 * be answered with a status; what fails later is sent as a message that `describe` makes. Readers that leave end the source.
 */
export async function eventStream<T>(
  messages: AsyncGenerator<T, void>,
  describe: (error: unknown) => object,
): Promise<Response> {
  const encoder = new TextEncoder()
  const event = (data: string) => encoder.encode(`data: ${data}\n\n`)
  let ahead: IteratorResult<T, void> | undefined = await messages.next()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = ahead ?? (await messages.next())
        ahead = undefined
        if (!next.done) return controller.enqueue(event(JSON.stringify(next.value)))
        controller.enqueue(event("[DONE]"))
      } catch (error) {
        controller.enqueue(event(JSON.stringify(describe(error))))
      }
      controller.close()
    },
    async cancel() {
      await messages.return()
    },
  })
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache",
      "x-accel-buffering": "no",
    },
  })
}
