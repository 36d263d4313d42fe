/** Which neighbours merge, and in what order. Every flavour of byte-pair encoding is one of these. */
export interface MergeTable {
  /** The merge of two neighbouring symbols, as a number of the table's own choosing; -1 where they do not merge. */
  find(left: number, right: number): number
  /** Lower merges first; equal ones from left to right. */
  priority(merge: number): number
  /** The symbol that a merge produces. */
  result(merge: number): number
}

interface Candidate {
  priority: number
  position: number
  left: number
  right: number
  merge: number
}

const dead = -1

/**
 * Byte-pair encoding: merges the best pair of neighbours until none is left.
 * A linked list and a heap, so that one long word costs O(n log n) (Sennrich et al. 2016; same result as
 * SentencePiece, tiktoken and Hugging Face tokenizers, which differ in the table only).
 */
export function mergePairs(symbols: readonly number[], table: MergeTable): number[] {
  const count = symbols.length
  if (count < 2) return [...symbols]
  const values = Float64Array.from(symbols)
  const next = Int32Array.from({ length: count }, (_, i) => i + 1)
  const previous = Int32Array.from({ length: count }, (_, i) => i - 1)
  const heap: Candidate[] = []

  const consider = (position: number) => {
    const other = next[position]!
    if (other >= count) return
    const left = values[position]!
    const right = values[other]!
    const merge = table.find(left, right)
    if (merge !== -1) push(heap, { priority: table.priority(merge), position, left, right, merge })
  }

  for (let i = 0; i < count - 1; i++) consider(i)
  for (let best = pop(heap); best; best = pop(heap)) {
    const { position } = best
    const other = next[position]!
    const isStale = values[position] !== best.left || other >= count || values[other] !== best.right
    if (isStale) continue
    values[position] = table.result(best.merge)
    values[other] = dead
    const after = next[other]!
    next[position] = after
    if (after < count) previous[after] = position
    if (previous[position]! >= 0) consider(previous[position]!)
    consider(position)
  }

  const merged: number[] = []
  for (let i = 0; i < count; i = next[i]!) merged.push(values[i]!)
  return merged
}

function isBefore(a: Candidate, b: Candidate): boolean {
  return a.priority < b.priority || (a.priority === b.priority && a.position < b.position)
}

function push(heap: Candidate[], candidate: Candidate): void {
  let hole = heap.length
  heap.push(candidate)
  while (hole > 0) {
    const parent = (hole - 1) >> 1
    if (!isBefore(candidate, heap[parent]!)) break
    heap[hole] = heap[parent]!
    hole = parent
  }
  heap[hole] = candidate
}

function pop(heap: Candidate[]): Candidate | undefined {
  const top = heap[0]
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return top
  let hole = 0
  for (;;) {
    let child = 2 * hole + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
    if (!isBefore(heap[child]!, last)) break
    heap[hole] = heap[child]!
    hole = child
  }
  heap[hole] = last
  return top
}
