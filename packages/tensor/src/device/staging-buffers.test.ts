import { expect, it } from "vitest"
import { StagingBuffers } from "./staging-buffers.ts"

/** As much of a GPU device as staging uses; a buffer is mapped by setting `mapState`. */
function fakeDevice() {
  const destroyed: number[] = []
  const createBuffer = ({ size }: { size: number }) => ({
    size,
    mapState: "unmapped",
    unmap() {
      this.mapState = "unmapped"
    },
    destroy: () => destroyed.push(size),
  })
  return { device: { createBuffer } as unknown as GPUDevice, destroyed }
}

const map = (buffer: GPUBuffer) => Object.assign(buffer, { mapState: "mapped" })

it("uses small buffers again, and never the same one twice at once", () => {
  const staging = new StagingBuffers(fakeDevice().device)
  const first = staging.take(8)
  const second = staging.take(8)
  expect(second).not.toBe(first)
  staging.giveBack(map(first))
  expect(first.mapState).toBe("unmapped")
  expect(staging.take(100)).toBe(first)
  expect(staging.take(1000)).not.toBe(second)
})

it("destroys what is large, what could not be read, and all of it on trim", () => {
  const { device, destroyed } = fakeDevice()
  const staging = new StagingBuffers(device)
  const large = staging.take(2 ** 20 + 4)
  expect(large.size).toBe(2 ** 20 + 4)
  staging.giveBack(map(large))
  staging.giveBack(staging.take(300))
  expect(destroyed).toEqual([2 ** 20 + 4, 512])
  staging.giveBack(map(staging.take(1024)))
  staging.trim()
  expect(destroyed).toEqual([2 ** 20 + 4, 512, 1024])
})
