import { type Device, openDevice } from "@llava/tensor"

let device: Promise<Device> | undefined

/** The one device of this test process. */
export function testDevice(): Promise<Device> {
  device ??= openDevice()
  return device
}
