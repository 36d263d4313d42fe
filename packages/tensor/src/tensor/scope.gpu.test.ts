import { describe, expect, it } from "vitest"
import { testDevice } from "#testing"
import { add } from "../ops/add.ts"
import { Tensor } from "./tensor.ts"

describe("Scope", () => {
  it("releases what was made inside, nested scopes included", async () => {
    const device = await testDevice()
    const { liveBuffers } = device.memory
    {
      using _ = device.scope()
      const x = Tensor.zeros(device, [8])
      const y = add(x, x)
      {
        using __ = device.scope()
        add(x, y).reshape([2, 4])
      }
      y.dispose()
      expect(device.memory.liveBuffers).toBe(liveBuffers + 1)
    }
    expect(device.memory.liveBuffers).toBe(liveBuffers)
  })

  it("releases when an error passes through", async () => {
    const device = await testDevice()
    const { liveBuffers } = device.memory
    const failing = () => {
      using _ = device.scope()
      add(Tensor.zeros(device, [8]), Tensor.zeros(device, [3]))
    }
    expect(failing).toThrow("add: b has shape [3]")
    expect(device.memory.liveBuffers).toBe(liveBuffers)
    expect(device.currentScope).toBeUndefined()
  })

  it("hands kept tensors to the enclosing scope, then to the caller", async () => {
    const device = await testDevice()
    const { liveBuffers } = device.memory
    const inner = () => {
      using scope = device.scope()
      return scope.keep(add(Tensor.zeros(device, [2]), Tensor.from(device, Float32Array.of(1, 2), [2])))
    }
    const outer = () => {
      using scope = device.scope()
      inner()
      return scope.keep(inner())
    }
    const kept = outer()
    expect(device.memory.liveBuffers).toBe(liveBuffers + 1)
    expect(await kept.read()).toEqual(Float32Array.of(1, 2))
    kept.dispose()
    expect(device.memory.liveBuffers).toBe(liveBuffers)
  })

  it("does not take over a tensor that it does not own", async () => {
    const device = await testDevice()
    const weights = Tensor.zeros(device, [2])
    {
      using _ = device.scope()
      using inner = device.scope()
      inner.keep(weights)
    }
    expect(() => weights.buffer).not.toThrow()
    weights.dispose()
  })

  it("leaves retained tensors alone", async () => {
    const device = await testDevice()
    let x: Tensor
    {
      using _ = device.scope()
      x = Tensor.zeros(device, [2]).retain()
    }
    expect(await x.read()).toEqual(new Float32Array(2))
    x.dispose()
  })

  it("keeps a buffer as long as one reshape of it lives", async () => {
    const device = await testDevice()
    const { liveBuffers } = device.memory
    const x = Tensor.from(device, Float32Array.of(1, 2, 3, 4), [4])
    using y = x.reshape([2, -1])
    x.dispose()
    expect(y.shape).toEqual([2, 2])
    expect(await y.read()).toEqual(Float32Array.of(1, 2, 3, 4))
    y.dispose()
    expect(device.memory.liveBuffers).toBe(liveBuffers)
  })

  it("refuses a tensor after its scope has ended", async () => {
    const device = await testDevice()
    let x: Tensor
    {
      using _ = device.scope()
      x = Tensor.zeros(device, [2])
    }
    expect(() => add(x, x)).toThrow(expect.objectContaining({ code: "use-after-dispose" }))
    expect(() => x.reshape([1, 2])).toThrow(expect.objectContaining({ code: "use-after-dispose" }))
    await expect(x.read()).rejects.toMatchObject({ code: "use-after-dispose" })
  })

  it("tells when scopes end out of order, and recovers", async () => {
    const device = await testDevice()
    const { liveBuffers } = device.memory
    const first = device.scope()
    Tensor.zeros(device, [2])
    const second = device.scope()
    Tensor.zeros(device, [2])
    expect(() => first[Symbol.dispose]()).toThrow(expect.objectContaining({ code: "scope-order" }))
    second[Symbol.dispose]()
    second[Symbol.dispose]()
    expect(device.currentScope).toBeUndefined()
    expect(device.memory.liveBuffers).toBe(liveBuffers)
  })
})
