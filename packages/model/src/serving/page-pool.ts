import type { ContextUnit } from "../llava/prompt-cache.ts"

interface KnownPage {
  readonly page: number
  /** Names the tokens up to the end of this page. */
  readonly prefix: number
  readonly content: string
}

/**
 * Keeps account of the pages of a cache: how many sequences use each, and what is in those that are full. A full page is
 * never written again, so sequences that begin alike share it; one that nobody uses is remembered until its room is needed.
 */
export class PagePool {
  readonly pages: number
  readonly pageSize: number
  readonly #free: number[]
  readonly #users: number[]
  readonly #known = new Map<string, KnownPage>()
  readonly #contents: (KnownPage | undefined)[]
  /** Remembered pages that nobody uses, the one that was used longest ago first. */
  readonly #idle = new Set<number>()
  #root = 0
  #prefixes = 0

  constructor({ pages, pageSize }: { pages: number; pageSize: number }) {
    this.pages = pages
    this.pageSize = pageSize
    this.#free = Array.from({ length: pages }, (_, index) => pages - 1 - index)
    this.#users = new Array<number>(pages).fill(0)
    this.#contents = new Array<undefined>(pages).fill(undefined)
  }

  /** Pages that sequences use. */
  get used(): number {
    return this.pages - this.available
  }

  /** Pages that can be taken: empty ones, and those that are only remembered. */
  get available(): number {
    return this.#free.length + this.#idle.size
  }

  /** The prefix of no tokens. */
  get root(): number {
    return this.#root
  }

  /** A page to write to, or none. */
  take(): number | undefined {
    const page = this.#free.pop() ?? this.#evict()
    if (page !== undefined) this.#users[page] = 1
    return page
  }

  /** The page with these units after that prefix, one user more; and the prefix that it completes. */
  share(prefix: number, units: readonly ContextUnit[]): { page: number; prefix: number } | undefined {
    const known = this.#known.get(contentOf(prefix, units))
    if (!known) return undefined
    this.#users[known.page]!++
    this.#idle.delete(known.page)
    return known
  }

  /** Remembers what is in a full page from now on. Returns the prefix that it completes. */
  remember(page: number, prefix: number, units: readonly ContextUnit[]): number {
    const content = contentOf(prefix, units)
    const known = this.#known.get(content)
    // Two sequences that began in the same step may compute the same; the second page stays its owner's.
    if (known) return known.prefix
    const entry = { page, prefix: ++this.#prefixes, content }
    this.#known.set(content, entry)
    this.#contents[page] = entry
    return entry.prefix
  }

  /** One user less for each of a sequence's pages. */
  release(pages: readonly number[]): void {
    // Last pages first: they are forgotten before those that lead to them.
    for (const page of pages.toReversed()) {
      this.#users[page]!--
      if (this.#users[page]! > 0) continue
      if (this.#contents[page]) this.#idle.add(page)
      else this.#free.push(page)
    }
  }

  /** From now on nothing that was computed before is shared. */
  forget(): void {
    this.#root = ++this.#prefixes
    this.#known.clear()
    this.#contents.fill(undefined)
    this.#free.push(...this.#idle)
    this.#idle.clear()
  }

  #evict(): number | undefined {
    const [page] = this.#idle
    if (page === undefined) return undefined
    this.#idle.delete(page)
    this.#known.delete(this.#contents[page]!.content)
    this.#contents[page] = undefined
    return page
  }
}

function contentOf(prefix: number, units: readonly ContextUnit[]): string {
  return `${prefix}:${units.join(",")}`
}
