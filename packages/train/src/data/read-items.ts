import type { ByteSource } from "@llava/checkpoint"
import { type ItemRange, ItemScanner } from "./item-scanner.ts"

/** Read at a time. */
const PIECE = 4 << 20

export interface ReadItemsOptions {
  /** Told of all bytes of the file, in order. */
  onBytes(bytes: Uint8Array): void
  signal?: AbortSignal | undefined
}

/** The items of a data file with their bytes, in one pass that holds little more than the longest of them. */
export async function* readItems(
  source: ByteSource,
  { onBytes, signal }: ReadItemsOptions,
): AsyncGenerator<ItemRange & { readonly bytes: Uint8Array }> {
  const scanner = new ItemScanner(source.name)
  let window = new Uint8Array(0)
  let begin = 0
  const cut = (item: ItemRange) => ({ ...item, bytes: window.subarray(item.begin - begin, item.end - begin) })
  for (let at = 0; at < source.size; at += PIECE) {
    signal?.throwIfAborted()
    const bytes = await source.read(at, Math.min(at + PIECE, source.size))
    onBytes(bytes)
    const kept = window.subarray(Math.min(window.length, scanner.pending - begin))
    window = new Uint8Array(kept.length + bytes.length)
    window.set(kept)
    window.set(bytes, kept.length)
    begin = at - kept.length
    for (const item of scanner.scan(bytes)) yield cut(item)
  }
  for (const item of scanner.finish()) yield cut(item)
}
