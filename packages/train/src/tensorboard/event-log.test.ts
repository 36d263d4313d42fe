import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { crc32c } from "@aws-crypto/crc32c"
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire"
import { afterEach, beforeEach, expect, it } from "vitest"
import { EventLog } from "./event-log.ts"
import { frameRecord, maskedChecksum } from "./frame-record.ts"

let folder = ""
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "events-"))
})
afterEach(() => rm(folder, { recursive: true }))

/** Fields of a message by number; messages inside as bytes. */
function fieldsOf(bytes: Uint8Array): Map<number, unknown[]> {
  const reader = new BinaryReader(bytes)
  const fields = new Map<number, unknown[]>()
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag()
    const value =
      type === WireType.Bit64
        ? reader.double()
        : type === WireType.Bit32
          ? reader.float()
          : type === WireType.Varint
            ? Number(reader.int64())
            : reader.bytes()
    fields.set(number, [...(fields.get(number) ?? []), value])
  }
  return fields
}

/** Data of the records of a file, whose checksums it expects to be right. */
function recordsOf(file: Buffer): Uint8Array[] {
  const records: Uint8Array[] = []
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at))
    expect(file.readUInt32LE(at + 8)).toBe(maskedChecksum(file.subarray(at, at + 8)))
    const data = file.subarray(at + 12, at + 12 + length)
    expect(file.readUInt32LE(at + 12 + length)).toBe(maskedChecksum(data))
    records.push(data)
    at += 16 + length
  }
  return records
}

const text = (bytes: unknown) => new TextDecoder().decode(bytes as Uint8Array)

it("writes numbers by step, and where a run is taken up", async () => {
  const before = Date.now() / 1000
  const log = await EventLog.open(folder, 0)
  await log.append(1, { loss: 2.5, "validation/loss": 3 })
  const again = await EventLog.open(folder, 2 ** 31)
  await again.append(2 ** 31 + 1, { loss: 1 })
  const names = (await readdir(folder)).sort()
  expect(names).toHaveLength(2)
  expect(names.every((name) => name.includes("tfevents"))).toBe(true)
  const [first, second] = await Promise.all(
    names.map(async (name) => recordsOf(await readFile(join(folder, name))).map(fieldsOf)),
  )
  expect(text(first![0]!.get(3)![0])).toBe("brain.Event:2")
  const [event] = first!.slice(1)
  expect(event!.get(1)![0]).toBeGreaterThanOrEqual(before)
  expect(event!.get(2)).toEqual([1])
  const scalars = fieldsOf(event!.get(5)![0] as Uint8Array)
    .get(1)!
    .map((value) => fieldsOf(value as Uint8Array))
  expect(scalars.map((scalar) => [text(scalar.get(1)![0]), scalar.get(2)![0]])).toEqual([
    ["loss", 2.5],
    ["validation/loss", 3],
  ])
  const [, start, last] = second!
  expect(start!.get(2)).toEqual([2 ** 31 + 1])
  expect([...fieldsOf(start!.get(7)![0] as Uint8Array)]).toEqual([[1, [1]]])
  expect(last!.get(2)).toEqual([2 ** 31 + 1])
})

// RFC 3720, B.4.
it.each([
  [new Uint8Array(32), 0x8a9136aa],
  [new Uint8Array(32).fill(0xff), 0x62a8ab43],
  [Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  [Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
])("has the checksums of CRC-32C", (data, expected) => {
  expect(crc32c(data)).toBe(expected)
})

it("masks and frames as TensorFlow does", () => {
  // The bytes "abc" as TensorBoard's own RecordWriter has them.
  const record = Buffer.from(frameRecord(new TextEncoder().encode("abc"))).toString("hex")
  expect(record).toBe("0300000000000000b099490e6162636e57f121")
})
