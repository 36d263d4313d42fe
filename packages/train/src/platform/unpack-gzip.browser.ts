/** What is packed with gzip, in one piece: browsers know no more. Errors: what is wrong with it. */
export async function* unpackGzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = packed[Symbol.asyncIterator]()
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(Uint8Array.from(value))
    },
  })
  yield* stream.pipeThrough(new DecompressionStream("gzip"))
}
