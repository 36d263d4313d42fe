/**
 * A batch in parts of like total length: each sample, longest first, goes to the part that is shortest so far and has
 * room (`split_to_even_chunks` of llava_trainer.py). Where the parts cannot be equal in number, samples are dealt out.
 */
export function evenChunks(indices: readonly number[], size: (index: number) => number, parts: number): number[][] {
  const chunks = Array.from({ length: parts }, (): number[] => [])
  if (indices.length % parts !== 0) {
    for (const [place, index] of indices.entries()) chunks[place % parts]!.push(index)
    return chunks
  }
  const room = indices.length / parts
  const lengths = chunks.map(() => 0)
  for (const index of indices) {
    const shortest = lengths.indexOf(Math.min(...lengths))
    chunks[shortest]!.push(index)
    lengths[shortest]! += size(index)
    if (chunks[shortest]!.length === room) lengths[shortest] = Number.POSITIVE_INFINITY
  }
  return chunks
}
