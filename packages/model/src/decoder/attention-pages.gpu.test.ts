import { afterEach, describe, expect, it } from "vitest"
import { testDevice } from "#testing"
import { AttentionPages } from "./attention-pages.ts"

const sizes = { layers: 2, heads: 2, headSize: 4, pageSize: 8 }
/** Keys and values of both layers. */
const pageBytes = 2 * 2 * 8 * 2 * 4 * 4

describe("AttentionPages", () => {
  const made: AttentionPages[] = []
  const make = async (options: { pages: number; maxBytes?: number }) => {
    const pages = new AttentionPages(await testDevice(), { ...sizes, ...options })
    made.push(pages)
    return pages
  }
  afterEach(() => {
    for (const pages of made.splice(0)) pages[Symbol.dispose]()
  })

  it("makes as many pages as were asked for, or as are allowed", async () => {
    expect((await make({ pages: 3 })).layers.map(({ key }) => key.shape)).toEqual([
      [3, 8, 2, 4],
      [3, 8, 2, 4],
    ])
    expect((await make({ pages: 100, maxBytes: 5 * pageBytes + 1 })).pages).toBe(5)
    await expect(make({ pages: 100, maxBytes: pageBytes - 1 })).rejects.toMatchObject({ code: "pages" })
  })

  it("makes no more than can be bound", async () => {
    const device = await testDevice()
    const { maxStorageBufferBindingSize: limit } = device.limits
    const heads = 2 ** 13
    const pageOfAll = 8 * heads * 4 * 4
    using pages = new AttentionPages(device, { ...sizes, heads, layers: 0, pages: 2 ** 30 })
    expect(pages.pages * pageOfAll).toBeLessThanOrEqual(limit)
    expect(pages.pages * pageOfAll).toBeGreaterThan(limit / 4)
  })

  it("gives a pass one row for each new token, at its position", async () => {
    const cache = await make({ pages: 9 })
    const context = cache.context([
      { pages: [4, 1], length: 7, added: 3 },
      { pages: [8], length: 2, added: 1 },
    ])
    expect(context).toMatchObject({ batch: 4, capacity: 16, lengths: [7, 8, 9, 2] })
    const { places, paging } = context.upload(await testDevice())
    using slots = places.slots!
    using pages = paging.pages
    using keyLengths = paging.keyLengths
    using queryStarts = paging.queryStarts
    expect([...(await slots.read())]).toEqual([4 * 8 + 7, 1 * 8 + 0, 1 * 8 + 1, 8 * 8 + 2])
    expect([...(await pages.read())]).toEqual([4, 1, 8, 0])
    expect([...(await keyLengths.read())]).toEqual([10, 3])
    expect([...(await queryStarts.read())]).toEqual([0, 3, 4])
    expect(paging.queryTokens).toBe(3)
  })

  it("refuses a sequence that has too few pages", async () => {
    const cache = await make({ pages: 9 })
    expect(() => cache.context([{ pages: [4], length: 7, added: 2 }])).toThrow(/do not fit 1 pages of 8/)
  })
})
