import type { BufferHandle } from "./buffer-handle.ts"
import type { Binding, Device } from "./device.ts"

/**
 * A binding for `bytes` from `offset` (a multiple of 256): the whole buffer where that is within the binding limit,
 * else a window.
 */
export function bufferWindow(device: Device, buffer: BufferHandle, offset: number, bytes: number): Binding {
  if (offset === 0 && buffer.size <= device.limits.maxStorageBufferBindingSize) return buffer
  return { buffer, offset, size: Math.min(Math.ceil(bytes / 16) * 16, buffer.size - offset) }
}
