import { type Device, openDevice } from "@llava/tensor"
import { testDevice } from "./test-device.ts"

/**
 * A view of the test's GPU that reports lower limits. A real device cannot be opened with limits under WebGPU's
 * defaults; this one can, and `Device` refuses bindings above what it reports.
 */
export async function limitedDevice(lowered: { maxStorageBufferBindingSize: number }): Promise<Device> {
  const { gpu, limits, profile } = await testDevice()
  const reported = new Proxy(limits, {
    get: (target, key) => (key in lowered ? Reflect.get(lowered, key) : Reflect.get(target, key, target)),
  })
  const device = new Proxy(gpu, {
    get(target, key) {
      if (key === "limits") return reported
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === "function" ? value.bind(target) : value
    },
  })
  return openDevice({ device, profile })
}
