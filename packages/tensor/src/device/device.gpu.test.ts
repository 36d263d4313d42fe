import { describe, expect, it } from "vitest"
import { randomValues, testDevice } from "#testing"
import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { add } from "../ops/add.ts"
import { scale } from "../ops/scale.ts"
import { Tensor } from "../tensor/tensor.ts"
import { openDevice } from "./open-device.ts"

const broken = defineKernel({
  name: "broken_kernel",
  bindings: [{ name: "y", type: "array<f32>", write: true }],
  params: {},
  code: "@compute @workgroup_size(1) fn main() { y[0] = nonsense; }",
})

describe("Device", () => {
  it("hands uploads over after the work recorded before them", async () => {
    const device = await testDevice()
    using x = Tensor.from(device, Float32Array.of(1, 2), [2])
    using before = scale(x, 10)
    device.upload(x.buffer, Float32Array.of(3, 4))
    using after = scale(x, 10)
    expect(await before.read()).toEqual(Float32Array.of(10, 20))
    expect(await after.read()).toEqual(Float32Array.of(30, 40))
  })

  it("orders copies and clears among dispatches", async () => {
    const device = await testDevice()
    using x = Tensor.from(device, Float32Array.of(1, 2), [2])
    using doubled = scale(x, 2)
    using copied = Tensor.zeros(device, [2])
    device.copy(doubled.buffer, 0, copied.buffer, 0, 8)
    device.clear(doubled.buffer)
    using sum = add(doubled, copied)
    expect(await sum.read()).toEqual(Float32Array.of(2, 4))
  })

  it("keeps a released buffer until the work recorded with it is handed over", async () => {
    const device = await testDevice()
    // Of no size class, so it is destroyed rather than kept for reuse.
    const buffer = device.allocate(1040, true)
    device.clear(buffer)
    using x = Tensor.from(device, randomValues(4), [4])
    device.copy(x.buffer, 0, buffer, 0, 16)
    using y = Tensor.zeros(device, [4])
    device.copy(buffer, 0, y.buffer, 0, 16)
    device.release(buffer)
    expect(await y.read()).toEqual(randomValues(4))
  })

  it("runs more dispatches than one submission or one parameter buffer holds", async () => {
    const device = await testDevice()
    using scope = device.scope()
    let x = Tensor.from(device, Float32Array.of(0), [1])
    const one = Tensor.from(device, Float32Array.of(1), [1])
    for (let i = 0; i < 1200; i++) x = add(x, one)
    const result = scope.keep(x)
    scope[Symbol.dispose]()
    expect(await result.read()).toEqual(Float32Array.of(1200))
    result.dispose()
  })

  it("pads uploads and reads of odd byte counts", async () => {
    const device = await testDevice()
    using x = Tensor.from(device, Uint16Array.of(1, 2, 3), [3])
    expect(await x.read()).toEqual(Uint16Array.of(1, 2, 3))
    using empty = Tensor.zeros(device, [0])
    expect(await empty.read()).toEqual(new Float32Array(0))
  })

  it("folds work items beyond the limit of one dimension", async () => {
    const device = await testDevice()
    const limit = device.limits.maxComputeWorkgroupsPerDimension
    expect(workgroupGrid(device, limit)).toEqual([limit, 1])
    const [x, y] = workgroupGrid(device, limit * 3 + 1)
    expect(x).toBeLessThanOrEqual(limit)
    expect(x * y).toBeGreaterThanOrEqual(limit * 3 + 1)
  })

  it("refuses more workgroups than the adapter allows", async () => {
    const device = await testDevice()
    using x = Tensor.zeros(device, [1])
    const workgroups = [device.limits.maxComputeWorkgroupsPerDimension + 1] as const
    expect(() => device.run(broken, { bindings: [x.buffer], params: [], workgroups })).toThrow(
      expect.objectContaining({ code: "limit-exceeded" }),
    )
  })

  it("refuses a number of buffers that is not the kernel's", async () => {
    const device = await testDevice()
    const valid = defineKernel({
      ...broken,
      name: "valid",
      code: "@compute @workgroup_size(1) fn main() { y[0] = 1; }",
    })
    expect(() => device.run(valid, { bindings: [], params: [], workgroups: [1] })).toThrow(
      expect.objectContaining({ code: "kernel-bindings" }),
    )
  })

  it("refuses a buffer larger than the adapter allows", async () => {
    const device = await testDevice()
    const live = device.memory.liveBuffers
    expect(() => device.allocate(device.limits.maxBufferSize * 2)).toThrow(
      expect.objectContaining({ code: "limit-exceeded", message: expect.stringContaining("maxBufferSize") }),
    )
    expect(device.memory.liveBuffers).toBe(live)
  })

  it("tells what the GPU refused, naming the kernel, once", async () => {
    await using device = await openDevice()
    using x = Tensor.zeros(device, [1])
    device.run(broken, { bindings: [x.buffer], params: [], workgroups: [1] })
    await expect(device.synchronize()).rejects.toMatchObject({
      code: "gpu-validation",
      message: expect.stringContaining("broken_kernel"),
    })
    await device.synchronize()
    using y = scale(Tensor.from(device, Float32Array.of(2), [1]), 3)
    expect(await y.read()).toEqual(Float32Array.of(6))
  })

  it("refuses a limit above what the adapter offers, naming it", async () => {
    await expect(openDevice({ limits: { maxBufferSize: 2 ** 50 } })).rejects.toMatchObject({
      code: "limit-exceeded",
      message: expect.stringContaining("maxBufferSize"),
    })
  })

  it("tells where no adapter answers, or no WebGPU is there", async () => {
    const none = { requestAdapter: async () => null } as unknown as GPU
    await expect(openDevice({ gpu: none })).rejects.toMatchObject({ code: "no-adapter" })
  })

  it("throws DeviceLostError from everything once the device is lost", async () => {
    const device = await openDevice()
    const x = Tensor.from(device, Float32Array.of(1), [1])
    const reading = x.read()
    device.gpu.destroy()
    await reading.catch((error) => expect(error).toMatchObject({ code: "device-lost" }))
    await expect(device.synchronize()).rejects.toMatchObject({ code: "device-lost", name: "DeviceLostError" })
    await expect(x.read()).rejects.toMatchObject({ code: "device-lost" })
    expect(() => scale(x, 2)).toThrow(expect.objectContaining({ code: "device-lost" }))
    expect(() => Tensor.zeros(device, [1])).toThrow(expect.objectContaining({ code: "device-lost" }))
  })

  it("throws DeviceLostError from the first wait after a loss", async () => {
    const device = await openDevice()
    device.gpu.destroy()
    await expect(device.synchronize()).rejects.toMatchObject({ code: "device-lost" })
  })

  it("ends with its own disposal, but leaves a device that was handed in alone", async () => {
    const outer = await openDevice()
    {
      await using inner = await openDevice({ device: outer.gpu })
      using x = Tensor.from(inner, Float32Array.of(1), [1])
      expect(await x.read()).toEqual(Float32Array.of(1))
    }
    using y = Tensor.from(outer, Float32Array.of(2), [1])
    expect(await y.read()).toEqual(Float32Array.of(2))
    await outer[Symbol.asyncDispose]()
    await expect(outer.synchronize()).rejects.toMatchObject({ code: "device-lost" })
  })
})
