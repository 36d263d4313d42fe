import { type FileHandle, open } from "node:fs/promises"
import type { NamedShape } from "./big-model.ts"
import { zeros } from "./big-model.ts"

/** What `torch.save` writes of a state dict of f16 zeros: an uncompressed zip with a pickle and a file per storage. */
export async function writeTorchFile(path: string, tensors: readonly NamedShape[]): Promise<void> {
  await using file = await open(path, "w")
  const directory: Buffer[] = []
  let offset = 0
  const add = async (name: string, size: number, content: Iterable<Uint8Array>) => {
    const fields = Buffer.alloc(42)
    fields.writeUInt32LE(size, 16)
    fields.writeUInt32LE(size, 20)
    fields.writeUInt16LE(name.length, 24)
    directory.push(Buffer.from("PK\u0001\u0002"), fields, Buffer.from(name))
    fields.writeUInt32LE(offset, 38)
    const local = Buffer.alloc(26)
    local.writeUInt32LE(size, 14)
    local.writeUInt32LE(size, 18)
    local.writeUInt16LE(name.length, 22)
    offset += await append(file, [Buffer.from("PK\u0003\u0004"), local, Buffer.from(name), ...content])
  }
  const pickle = stateDict(tensors)
  await add("archive/data.pkl", pickle.length, [pickle])
  for (const [index, { shape }] of tensors.entries()) {
    const bytes = 2 * elements(shape)
    await add(`archive/data/${index}`, bytes, zeros(bytes))
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(tensors.length + 1, 4)
  end.writeUInt16LE(tensors.length + 1, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(offset, 12)
  await append(file, [...directory, Buffer.from("PK\u0005\u0006"), end])
}

async function append(file: FileHandle, pieces: Iterable<Uint8Array>): Promise<number> {
  let bytes = 0
  for (const piece of pieces) bytes += (await file.write(piece)).bytesWritten
  return bytes
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** Pickle protocol 2: each tensor is `_rebuild_tensor_v2(storage, 0, shape, stride, False, None)`. */
function stateDict(tensors: readonly NamedShape[]): Buffer {
  const text = (value: string) => {
    const head = Buffer.from("X\0\0\0\0", "latin1")
    head.writeUInt32LE(value.length, 1)
    return Buffer.concat([head, Buffer.from(value)])
  }
  const number = (value: number) => {
    const bytes = Buffer.from("J\0\0\0\0", "latin1")
    bytes.writeInt32LE(value, 1)
    return bytes
  }
  const opcodes = (value: string) => Buffer.from(value, "latin1")
  const tuple = (values: readonly number[]) => Buffer.concat([opcodes("("), ...values.map(number), opcodes("t")])
  const tensor = ({ name, shape }: NamedShape, index: number) => {
    const strides = shape.map((_, axis) => elements(shape.slice(axis + 1)))
    return Buffer.concat([
      text(name),
      opcodes("ctorch._utils\n_rebuild_tensor_v2\n(("),
      text("storage"),
      opcodes("ctorch\nHalfStorage\n"),
      text(String(index)),
      text("cpu"),
      number(elements(shape)),
      opcodes("tQ"),
      number(0),
      tuple(shape),
      tuple(strides),
      opcodes("\u0089}tR"),
    ])
  }
  return Buffer.concat([opcodes("\u0080\u0002}("), ...tensors.map(tensor), opcodes("u.")])
}
