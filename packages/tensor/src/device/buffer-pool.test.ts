import { describe, expect, it } from "vitest"
import { BufferPool } from "./buffer-pool.ts"

/** As much of a GPU device as the pool uses. */
function fakeDevice(outOfMemory = false) {
  const destroyed: number[] = []
  const device = {
    limits: { maxBufferSize: 2 ** 30 },
    pushErrorScope() {},
    popErrorScope: async () => (outOfMemory ? { message: "no memory" } : null),
    createBuffer: ({ size }: { size: number }) => ({ size, destroy: () => destroyed.push(size) }),
  }
  return { device: device as unknown as GPUDevice, destroyed }
}

const ignored = { onDestroy() {}, onOutOfMemory() {} }

describe("BufferPool", () => {
  it("hands a released buffer out again for sizes of its class", () => {
    const pool = new BufferPool(fakeDevice().device, ignored)
    const first = pool.acquire(1000)
    pool.release(first)
    expect(pool.statistics).toMatchObject({ liveBuffers: 0, liveBytes: 0, pooledBytes: first.size })
    expect(pool.acquire(1024)).toBe(first)
    expect(pool.acquire(1000)).not.toBe(first)
  })

  it("hands out the same buffers again, in whatever order they came back", () => {
    const pool = new BufferPool(fakeDevice().device, ignored)
    const take = () => Array.from({ length: 7 }, () => pool.acquire(512))
    const first = take()
    for (const place of [3, 0, 6, 1, 5, 2, 4]) pool.release(first[place]!)
    const second = take()
    expect(second).toEqual(first)
    for (const handle of second.toReversed()) pool.release(handle)
    expect(take()).toEqual(first)
  })

  it("wastes at most a fifth", () => {
    const pool = new BufferPool(fakeDevice().device, ignored)
    for (let bytes = 257; bytes < 5_000_000; bytes = Math.ceil(bytes * 1.07)) {
      const { size } = pool.acquire(bytes)
      expect(size).toBeGreaterThanOrEqual(bytes)
      expect(size).toBeLessThan(bytes * 1.251)
      expect(size % 16).toBe(0)
    }
  })

  it("destroys exact buffers on release, and kept ones on trim", () => {
    const { device, destroyed } = fakeDevice()
    const pool = new BufferPool(device, ignored)
    pool.release(pool.acquire(1040, true))
    expect(destroyed).toEqual([1040])
    pool.release(pool.acquire(512))
    pool.trim()
    expect(destroyed).toEqual([1040, 512])
    expect(pool.statistics.pooledBytes).toBe(0)
  })

  it("reports a buffer that the GPU had no memory for, and never hands it out again", async () => {
    const { device, destroyed } = fakeDevice(true)
    const errors: string[] = []
    const pool = new BufferPool(device, { ...ignored, onOutOfMemory: (error) => errors.push(error.message) })
    const failed = pool.acquire(512)
    await Promise.resolve()
    expect(errors).toEqual(["no memory"])
    pool.release(failed)
    expect(destroyed).toEqual([512])
    expect(pool.acquire(512)).not.toBe(failed)
  })
})
