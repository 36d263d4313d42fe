/** Limits that decide what fits and how fast it runs. */
const limits = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxTextureDimension2D",
]
/** Features the kernels use where they are offered. */
const features = ["shader-f16", "subgroups", "timestamp-query", "chromium-experimental-subgroup-matrix"]

/**
 * @typedef {{ place: string, works: boolean, kind?: string, name?: string, reason?: string }} Alternative
 * @typedef {import("../adapter/probe-adapter.mjs").Found & { kind: string, name: string, reason: string }} Taken
 */

/**
 * Prints the doctor's report for people.
 *
 * @param {{ adapter: Taken | { problem: string }, alternatives: readonly Alternative[], machine: ReturnType<typeof import("./describe-machine.mjs").describeMachine>, advice: readonly string[] }} report
 */
export function printReport({ adapter, alternatives, machine, advice }) {
  heading("Adapter")
  if ("problem" in adapter) row("none", adapter.problem)
  else printAdapter(adapter)
  heading("Also looked at")
  for (const { place, works, kind, name, reason } of alternatives)
    row(place, works ? `${kind}: ${name}` : `none: ${reason}`)
  heading("Machine")
  row("system", [machine.system, machine.distribution].filter(Boolean).join(", "))
  row("processor", `${machine.processor}, ${machine.cores} cores`)
  row("memory", `${bytes(machine.freeMemory)} free of ${bytes(machine.totalMemory)}`)
  row("GPU devices", machine.devices.join(", ") || "none")
  row("Vulkan drivers", machine.vulkanDrivers.join(", ") || "none")
  heading("Versions")
  for (const [name, version] of Object.entries(machine.versions)) row(name, version)
  heading("What would make it faster")
  for (const sentence of advice.length > 0 ? advice : ["Nothing that we know of."]) line(`  - ${sentence}`)
}

/** @param {Taken} adapter */
function printAdapter({ kind, name, reason, info, limits: offered, features: has, firstKernelMs, nextKernelMs }) {
  row("taken", `${kind}, because ${reason}`)
  row("name", name)
  row("vendor", [info.vendor, info.architecture].filter(Boolean).join(", "))
  row(
    "first kernel",
    `right, after ${firstKernelMs.toFixed(1)} ms (compiled); once more in ${nextKernelMs.toFixed(1)} ms`,
  )
  row(
    "subgroup size",
    info.subgroupMinSize === info.subgroupMaxSize
      ? info.subgroupMinSize
      : `${info.subgroupMinSize} to ${info.subgroupMaxSize}`,
  )
  for (const feature of features) row(feature, has.includes(feature) ? "yes" : "no")
  for (const limit of limits) row(limit, limit.endsWith("Size") ? bytes(offered[limit] ?? 0) : (offered[limit] ?? 0))
  row("all features", has.join(" "))
}

/** @param {number} count */
function bytes(count) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"]
  const power = Math.min(Math.floor(Math.log2(Math.max(count, 1)) / 10), units.length - 1)
  return `${Number((count / 1024 ** power).toFixed(1))} ${units[power]}`
}

/** @param {string} title */
const heading = (title) => line(`\n${title}`)
/**
 * @param {string} name
 * @param {string | number} value
 */
const row = (name, value) => line(`  ${name.padEnd(40)}${value}`)
/** @param {string} text */
const line = (text) => process.stdout.write(`${text}\n`)
