// Runs in a process of its own under Node 24, with the Vulkan variables of the adapter in question: a driver that hangs
// or crashes takes only this process with it. Prints one JSON object. Argument: the folder whose `webgpu` is used.
import { createRequire } from "node:module"
import { join } from "node:path"
import { pathToFileURL } from "node:url"

const words = 4096
const shader = `
@group(0) @binding(0) var<storage, read_write> values: array<u32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  values[id.x] = values[id.x] * 2u + id.x;
}`

/** @param {GPUDevice} device */
async function runKernel(device) {
  const size = words * 4
  const values = device.createBuffer({
    size,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  })
  const read = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST })
  device.queue.writeBuffer(
    values,
    0,
    Uint32Array.from({ length: words }, (_, i) => i * 3),
  )
  const module = device.createShaderModule({ code: shader })
  const pipeline = device.createComputePipeline({ layout: "auto", compute: { module } })
  const entries = [{ binding: 0, resource: { buffer: values } }]
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries })
  const encoder = device.createCommandEncoder()
  const pass = encoder.beginComputePass()
  pass.setPipeline(pipeline)
  pass.setBindGroup(0, group)
  pass.dispatchWorkgroups(words / 64)
  pass.end()
  encoder.copyBufferToBuffer(values, 0, read, 0, size)
  device.queue.submit([encoder.finish()])
  await read.mapAsync(GPUMapMode.READ)
  const right = new Uint32Array(read.getMappedRange()).every((value, i) => value === i * 7)
  if (!right) throw new Error("its first kernel gave wrong numbers")
}

async function probe() {
  const require = createRequire(join(process.argv[2] ?? ".", "package.json"))
  const { create, globals } = await import(pathToFileURL(require.resolve("webgpu")).href)
  Object.assign(globalThis, globals)
  const gpu = create([])
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" })
  if (adapter === null) return { found: false, reason: "Dawn found no adapter it can use" }
  const {
    vendor,
    architecture,
    device: name,
    description,
    isFallbackAdapter,
    subgroupMinSize,
    subgroupMaxSize,
  } = adapter.info
  const features = [...adapter.features].sort()
  /** @type {Record<string, number>} */
  const limits = {}
  for (const key in adapter.limits) {
    const value = adapter.limits[key]
    if (typeof value === "number") limits[key] = value
  }
  const device = await adapter.requestDevice()
  const started = performance.now()
  await runKernel(device)
  const firstKernelMs = performance.now() - started
  const again = performance.now()
  await runKernel(device)
  const nextKernelMs = performance.now() - again
  const info = {
    vendor,
    architecture,
    device: name,
    description,
    software: isFallbackAdapter,
    subgroupMinSize,
    subgroupMaxSize,
  }
  return { found: true, info, features, limits, firstKernelMs, nextKernelMs }
}

const answer = await probe().catch((error) => ({
  found: false,
  reason: error instanceof Error ? error.message : String(error),
}))
process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0))
