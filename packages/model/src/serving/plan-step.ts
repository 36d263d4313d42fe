import type { PagedSequence } from "../contract/paged-kv-cache.ts"
import type { BatchSequence } from "./batch-sequence.ts"
import type { PagePool } from "./page-pool.ts"
import { sharePrefill } from "./share-prefill.ts"

/** What one pass computes of a sequence. */
export interface PlannedRow extends PagedSequence {
  readonly sequence: BatchSequence
  /** Whether its next token is known after the pass. */
  readonly completes: boolean
}

/**
 * Chooses what the next pass computes of sequences, the oldest first, of prompts at most `budget` tokens; gives them pages
 * and counts the tokens in. Where pages run out, the youngest lose theirs and wait. The oldest always gets on, if all
 * pages together are enough for it.
 */
export function planStep(sequences: readonly BatchSequence[], pool: PagePool, budget: number): PlannedRow[] {
  const begun = sequences.filter((sequence, age) => age === 0 || sequence.pages.length > 0 || hasRoom(sequence, pool))
  for (const sequence of begun) sequence.adopt()
  const shares = sharePrefill(
    begun.map(({ remaining }) => remaining),
    budget,
  )
  const planned: PlannedRow[] = []
  const waiting = new Set(begun)
  for (const [index, sequence] of begun.entries()) {
    if (!waiting.delete(sequence)) continue
    // Again: what others compute in this very pass is there before it is needed, layer by layer.
    sequence.adopt()
    const added = wholePages(sequence, Math.min(shares[index]!, sequence.remaining), pool.pageSize)
    if (added === 0 || !makeRoom(sequence, added, waiting)) continue
    const { computed: length, remaining, pages } = sequence
    planned.push({ sequence, pages: [...pages], length, added, completes: added === remaining })
    sequence.advance(added)
  }
  return planned
}

/** A sequence begins only where it can go on for a while: to its first token and one page more. */
function hasRoom(sequence: BatchSequence, pool: PagePool): boolean {
  return pool.available > sequence.missingPages
}

/** A part of a prompt ends with a page where it can, so that others find the page full. */
function wholePages({ computed, remaining }: BatchSequence, added: number, pageSize: number): number {
  if (added === remaining) return added
  const whole = added - ((computed + added) % pageSize)
  return whole > 0 ? whole : added
}

/** Takes pages, if need be from the youngest of those whose turn has not come. */
function makeRoom(sequence: BatchSequence, added: number, waiting: Set<BatchSequence>): boolean {
  while (!sequence.extend(added)) {
    const youngest = [...waiting].findLast(({ pages }) => pages.length > 0)
    if (!youngest) return false
    waiting.delete(youngest)
    youngest.release()
  }
  return true
}
