import { describe, expect, test } from "vitest"
import { PagePool } from "./page-pool.ts"

const pool = (pages: number) => new PagePool({ pages, pageSize: 2 })

describe("PagePool", () => {
  test("gives each page once, and again when it is let go", () => {
    const pages = pool(3)
    const taken = [pages.take(), pages.take(), pages.take()]
    expect(new Set(taken)).toEqual(new Set([0, 1, 2]))
    expect(pages.take()).toBeUndefined()
    expect(pages).toMatchObject({ used: 3, available: 0 })
    pages.release([taken[1]!])
    expect(pages).toMatchObject({ used: 2, available: 1 })
    expect(pages.take()).toBe(taken[1])
  })

  test("shares a full page by what is in it and before it", () => {
    const pages = pool(3)
    const [first, second] = [pages.take()!, pages.take()!]
    const after = pages.remember(first, pages.root, [5, 6])
    pages.remember(second, after, [7, 8])
    expect(pages.share(pages.root, [7, 8])).toBeUndefined()
    expect(pages.share(pages.root, [5, 6])).toMatchObject({ page: first, prefix: after })
    expect(pages.share(after, [7, 8])).toMatchObject({ page: second })
    pages.release([first, second])
    expect(pages.used).toBe(2)
    pages.release([first, second])
    expect(pages).toMatchObject({ used: 0, available: 3 })
  })

  test("remembers pages that nobody uses until their room is needed, the first of a prompt longest", () => {
    const pages = pool(2)
    const own = [pages.take()!, pages.take()!]
    const after = pages.remember(own[0]!, pages.root, [1, 2])
    pages.remember(own[1]!, after, [3, 4])
    pages.release(own)
    expect(pages.available).toBe(2)
    expect(pages.take()).toBe(own[1])
    expect(pages.share(after, [3, 4])).toBeUndefined()
    expect(pages.share(pages.root, [1, 2])).toMatchObject({ page: own[0] })
    expect(pages.take()).toBeUndefined()
  })

  test("keeps the page that came first where two hold the same", () => {
    const pages = pool(2)
    const [first, second] = [pages.take()!, pages.take()!]
    const prefix = pages.remember(first, pages.root, [1, 2])
    expect(pages.remember(second, pages.root, [1, 2])).toBe(prefix)
    pages.release([second])
    expect(pages.share(pages.root, [1, 2])).toMatchObject({ page: first })
    expect(pages.take()).toBe(second)
  })

  test("forgets: nothing is shared that was there before, nor after it", () => {
    const pages = pool(3)
    const [old, used] = [pages.take()!, pages.take()!]
    const before = pages.root
    const after = pages.remember(old, before, [1, 2])
    pages.release([old])
    pages.forget()
    expect(pages).toMatchObject({ used: 1, available: 2 })
    // A sequence that is under way goes on from what was forgotten.
    pages.remember(used, after, [3, 4])
    expect(pages.share(pages.root, [1, 2])).toBeUndefined()
    expect(pages.share(pages.root, [3, 4])).toBeUndefined()
    pages.release([used])
    expect([pages.take(), pages.take(), pages.take(), pages.take()].filter((page) => page !== undefined)).toHaveLength(
      3,
    )
  })
})
