import { describe, expect, test } from "vitest"
import { Turnstile } from "./turnstile.ts"

const never = new AbortController().signal

describe("Turnstile", () => {
  test("lets in so many, then by order of arrival", async () => {
    const gate = new Turnstile(2)
    const order: number[] = []
    const places = await Promise.all([gate.enter(never), gate.enter(never)])
    const late = [3, 4].map(async (name) => {
      const place = await gate.enter(never)
      order.push(name)
      return place
    })
    expect(gate).toMatchObject({ inside: 2, waiting: 2 })
    places[0]![Symbol.dispose]()
    const third = await late[0]!
    expect(order).toEqual([3])
    expect(gate).toMatchObject({ inside: 2, waiting: 1 })
    third[Symbol.dispose]()
    places[1]![Symbol.dispose]()
    ;(await late[1]!)[Symbol.dispose]()
    expect(order).toEqual([3, 4])
    expect(gate).toMatchObject({ inside: 0, waiting: 0 })
  })

  test("who gives up is passed over", async () => {
    const gate = new Turnstile(1)
    const place = await gate.enter(never)
    const impatient = new AbortController()
    const first = gate.enter(impatient.signal)
    const second = gate.enter(never)
    impatient.abort(new Error("enough"))
    await expect(first).rejects.toThrow("enough")
    expect(gate.waiting).toBe(1)
    place[Symbol.dispose]()
    ;(await second)[Symbol.dispose]()
    await expect(gate.enter(impatient.signal)).rejects.toThrow("enough")
    expect(gate).toMatchObject({ inside: 0, waiting: 0 })
  })
})
