import { expect, test } from "vitest"
import { bytesSource } from "../bytes/bytes-source.ts"
import { expectRefusal } from "../testing/expect-refusal.ts"
import { fuzzOpener } from "../testing/fuzz-opener.ts"
import { pickle, storedZip } from "../testing/pickle-builder.ts"
import { openTorch } from "./open-torch.ts"

/** An archive of two entries, with a number of two or four bytes changed at a place counted from a record's mark. */
function archive(mark: "local" | "entry" | "end", at: number, value: number, width: 2 | 4 = 4) {
  const bytes = Buffer.from(storedZip({ "a/data.pkl": pickle("}."), "a/version": Buffer.from("3\n") }))
  const signature = { local: "PK\u0003\u0004", entry: "PK\u0001\u0002", end: "PK\u0005\u0006" }[mark]
  bytes.writeUIntLE(value, bytes.indexOf(signature) + at, width)
  return bytesSource(bytes, "lying.bin")
}

test("the archive that the others are made from is read", async () => {
  await using checkpoint = await openTorch(archive("end", 20, 0, 2))
  expect([...checkpoint.tensors]).toEqual([])
})

test.each([
  ["a directory longer than the file", archive("end", 12, 0x7fffffff)],
  ["a directory that begins behind the file", archive("end", 16, 0x7fffffff)],
  ["a directory of more entries than fit", archive("end", 10, 0xffff, 2)],
  ["a directory of no bytes", archive("end", 12, 0)],
  ["an entry longer than the file", archive("entry", 20, 0x7fffff00)],
  ["an entry whose two sizes differ", archive("entry", 24, 7)],
  ["an entry that begins behind the file", archive("entry", 42, 0x7fffff00)],
  ["a name longer than the directory", archive("entry", 28, 0xffff, 2)],
  ["an extra field longer than the directory", archive("entry", 30, 0xffff, 2)],
  ["an entry of zip64 without zip64's sizes", archive("entry", 24, 0xffffffff)],
])("%s is refused, naming the file", async (_, source) => {
  await expectRefusal(openTorch(source), "zip-invalid", "lying.bin")
})

test("archives with damaged bytes are refused or read, never worse", async () => {
  const bytes = storedZip({ "a/data.pkl": pickle("}."), "a/version": Buffer.from("3\n") })
  const outcome = await fuzzOpener(bytes, openTorch, { cases: 500, seed: 9 })
  expect(outcome.refused).toBeGreaterThan(outcome.cases / 3)
})
