import { PickleProblem } from "./pickle-problem.ts"
import { ScriptObject } from "./script-object.ts"
import { TorchTensor } from "./torch-tensor.ts"
import { UnsupportedTensor } from "./unsupported-tensor.ts"

const deepest = 64
const mostVisits = 2_000_000
const longestName = 1024

export interface CollectedTensors {
  tensors: Map<string, TorchTensor | UnsupportedTensor>
  /** What the file holds beside tensors, as plain objects and arrays. */
  metadata: Record<string, unknown>
}

/**
 * Finds the tensors in what a pickle held. Keys of nested dicts (and positions in lists) are joined by dots; a file that
 * is one tensor names it `tensor`. A pickle can share and nest containers so that walking them never ends: depth,
 * visits and names are limited.
 */
export function collectTensors(root: unknown): CollectedTensors {
  const tensors = new Map<string, TorchTensor | UnsupportedTensor>()
  let visits = 0

  function visit(value: unknown, path: string, depth: number): unknown {
    if (++visits > mostVisits) throw new PickleProblem(`it holds more than ${mostVisits} values`)
    if (depth > deepest) throw new PickleProblem(`it is nested more than ${deepest} deep, or holds itself`)
    if (value instanceof TorchTensor || value instanceof UnsupportedTensor) {
      const name = path || "tensor"
      if (tensors.has(name)) throw new PickleProblem(`two tensors are named ${name}`)
      tensors.set(name, value)
      return undefined
    }
    const entries = entriesOf(value)
    if (!entries) return isPlain(value) ? value : undefined
    const plain: [string, unknown][] = []
    for (const [key, child] of entries) {
      const name = path ? `${path}.${key}` : key
      if (name.length > longestName) throw new PickleProblem(`a name is longer than ${longestName} characters`)
      const rest = visit(child, name, depth + 1)
      if (rest !== undefined) plain.push([key, rest])
    }
    if (plain.length === 0 && entries.length > 0) return undefined
    return value instanceof Map || value instanceof ScriptObject
      ? Object.fromEntries(plain)
      : plain.map(([, rest]) => rest)
  }

  const metadata = visit(root, "", 0)
  const isObject = typeof metadata === "object" && metadata !== null && !Array.isArray(metadata)
  return { tensors, metadata: isObject ? { ...metadata } : {} }
}

/** Keys and values of a container, or undefined for anything else. */
function entriesOf(value: unknown): [string, unknown][] | undefined {
  if (value instanceof ScriptObject) return entriesOf(value.state) ?? []
  if (value instanceof Map) return Array.from(value, ([key, child]) => [keyText(key), child])
  if (Array.isArray(value)) return value.map((child, i) => [String(i), child])
  if (value instanceof Set) return Array.from(value, (child, i) => [String(i), child])
  return undefined
}

function keyText(key: unknown): string {
  if (typeof key === "string" || typeof key === "number" || typeof key === "bigint" || typeof key === "boolean")
    return String(key)
  if (key === null) return "None"
  if (Array.isArray(key) && key.every((part) => typeof part === "string" || typeof part === "number"))
    return key.join(",")
  throw new PickleProblem("a dict has a key that is neither text nor a number")
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== "object" || value instanceof Uint8Array
}
