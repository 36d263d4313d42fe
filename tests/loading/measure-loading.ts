import { readFileSync, writeFileSync } from "node:fs"
import { openModel } from "@llava/hub"
import { openDevice } from "@llava/tensor"

/**
 * A program: loads the model named by its first argument, with the tokenizer named by its second, and prints its
 * resident bytes before, at the highest and after, and the bytes of the weights on the GPU. Linux only.
 */
const [model = "", tokenizer = ""] = process.argv.slice(2)

function kilobytes(key: "VmRSS" | "VmHWM"): number {
  return Number(new RegExp(`${key}:\\s+(\\d+) kB`).exec(readFileSync("/proc/self/status", "utf8"))![1])
}

const device = await openDevice()
// Makes the highest mark start from here.
writeFileSync("/proc/self/clear_refs", "5")
const before = kilobytes("VmRSS") * 1024
await openModel(model, { device, tokenizer, template: "v1", offline: true })
const measured = { before, peak: kilobytes("VmHWM") * 1024, after: kilobytes("VmRSS") * 1024 }
process.stdout.write(`${JSON.stringify({ ...measured, weights: device.memory.liveBytes })}\n`)
process.exit(0)
