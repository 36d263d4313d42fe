import { PickleFunction } from "./pickle-function.ts"
import { PickleProblem } from "./pickle-problem.ts"
import { ScriptObject } from "./script-object.ts"
import { StorageType } from "./storage-type.ts"
import { torchDType } from "./torch-dtype.ts"
import { TorchStorage } from "./torch-storage.ts"
import { TorchTensor } from "./torch-tensor.ts"
import { UnsupportedTensor } from "./unsupported-tensor.ts"

/**
 * What `module.name` in a pickle stands for, or undefined where it must be refused. This list is the whole of what a
 * file can reach: constructors of plain containers, storages, element types, and the functions that describe tensors.
 */
export function resolveTorchGlobal(module: string, name: string): unknown {
  const known = functions[`${module}.${name}`]
  if (known) return new PickleFunction(`${module}.${name}`, known)
  if (module === "torch" || module === "torch.cuda" || module === "torch.storage") {
    const storage = torchDType(name, "storage")
    if (storage) return new StorageType(storage)
    if (name === "UntypedStorage" || name === "_UntypedStorage") return new StorageType(undefined)
  }
  if (module === "torch") {
    const dtype = torchDType(name, "dtype")
    if (dtype) return dtype
    if (/^per_(tensor|channel)_(affine|symmetric|affine_float_qparams)$/.test(name)) return name
  }
  if (module === "__torch__" || module.startsWith("__torch__."))
    return new PickleFunction(`${module}.${name}`, () => new ScriptObject(`${module}.${name}`))
  const unsupported = unsupportedTensors[`${module}.${name}`]
  if (unsupported) return new PickleFunction(`${module}.${name}`, () => new UnsupportedTensor(unsupported))
  return undefined
}

const first = (args: readonly unknown[]) => args[0]
const list = (args: readonly unknown[]) => (args.length === 0 ? [] : asArray(args[0]))
const set = (args: readonly unknown[]) => new Set(list(args))
const bytes = (args: readonly unknown[]) => {
  if (args.length === 0) return new Uint8Array(0)
  if (args[0] instanceof Uint8Array) return args[0]
  return encodeLatin1(args)
}

const functions: Readonly<Record<string, ((args: readonly unknown[]) => unknown) | undefined>> = Object.assign(
  Object.create(null),
  {
    "collections.OrderedDict": (args: readonly unknown[]) => new Map(list(args).map(asPair)),
    "builtins.set": set,
    "__builtin__.set": set,
    "builtins.frozenset": set,
    "__builtin__.frozenset": set,
    "builtins.bytes": bytes,
    "__builtin__.bytes": bytes,
    "builtins.bytearray": bytes,
    "__builtin__.bytearray": bytes,
    "_codecs.encode": encodeLatin1,
    "torch.Size": list,
    "torch.serialization._get_layout": first,
    "torch.device": (args: readonly unknown[]) => args.join(":"),
    "torch._utils._rebuild_tensor": rebuildTensor,
    "torch._utils._rebuild_tensor_v2": rebuildTensor,
    "torch._utils._rebuild_tensor_v3": ([storage, offset, size, stride, , , dtype, metadata]: readonly unknown[]) =>
      rebuildTensor([storage, offset, size, stride, false, null, metadata], dtype),
    "torch._utils._rebuild_parameter": first,
    "torch._utils._rebuild_parameter_with_state": first,
    "torch._tensor._rebuild_from_type_v2": ([func, , args]: readonly unknown[]) => {
      if (!(func instanceof PickleFunction))
        throw new PickleProblem("a tensor is rebuilt by something else than a function")
      return func.call(asArray(args))
    },
    "torch.Tensor": notCalled("torch.Tensor"),
    "torch.nn.parameter.Parameter": notCalled("torch.nn.parameter.Parameter"),
    "torch.jit._pickle.build_intlist": list,
    "torch.jit._pickle.build_doublelist": list,
    "torch.jit._pickle.build_boollist": list,
    "torch.jit._pickle.build_tensorlist": list,
    "torch.jit._pickle.restore_type_tag": first,
  },
)

const unsupportedTensors: Readonly<Record<string, string | undefined>> = Object.assign(Object.create(null), {
  "torch._utils._rebuild_sparse_tensor": "sparse",
  "torch._utils._rebuild_sparse_csr_tensor": "sparse",
  "torch._utils._rebuild_nested_tensor": "nested",
  "torch._utils._rebuild_qtensor": "quantised",
  "torch._utils._rebuild_meta_tensor_no_storage": "meta (without data)",
})

function notCalled(name: string) {
  return () => {
    throw new PickleProblem(`${name} is called, which torch.save never does`)
  }
}

function rebuildTensor(args: readonly unknown[], viewDType?: unknown): TorchTensor | UnsupportedTensor {
  const [storage, offset, size, stride, , , metadata] = args
  if (!(storage instanceof TorchStorage)) throw new PickleProblem("a tensor has no storage")
  const dtype = viewDType === undefined ? storage.dtype : torchDType(dtypeName(viewDType), "dtype")
  if (!dtype) throw new PickleProblem("a tensor has no element type")
  if (metadata instanceof Map && [...metadata.values()].some(Boolean))
    return new UnsupportedTensor(`lazily transformed (${[...metadata.keys()].join(", ")})`)
  const shape = asArray(size).map(asCount)
  const steps = asArray(stride).map(asCount)
  if (shape.length !== steps.length || shape.length > 64)
    throw new PickleProblem(`a tensor of ${shape.length} dimensions has ${steps.length} strides`)
  return new TorchTensor(storage, dtype, asCount(offset), shape, steps)
}

function dtypeName(value: unknown): string {
  return typeof value === "object" && value !== null && "name" in value ? String(value.name) : ""
}

function asArray(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (value instanceof Set) return [...value]
  throw new PickleProblem("a list is not a list")
}

function asPair(value: unknown): [unknown, unknown] {
  const pair = asArray(value)
  if (pair.length !== 2) throw new PickleProblem("an item of an OrderedDict is not a pair")
  return [pair[0], pair[1]]
}

function asCount(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value
  throw new PickleProblem("a size, stride or offset is not a count")
}

/** Protocol 2 has no bytes: Python writes them as `_codecs.encode(text, "latin1")`. */
function encodeLatin1([text, encoding]: readonly unknown[]): Uint8Array {
  if (typeof text !== "string" || !/^(latin-?1|iso-?8859-?1)$/i.test(String(encoding)))
    throw new PickleProblem("bytes are written in an unknown way")
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
