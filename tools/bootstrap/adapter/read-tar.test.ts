import { expect, test } from "vitest"
import { readTar } from "./read-tar.mjs"

function entry(name: string, content: string, prefix = "", type = "0"): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write(content.length.toString(8).padStart(11, "0"), 124)
  header.write(type, 156)
  header.write("ustar", 257)
  header.write(prefix, 345)
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512)
  body.write(content)
  return Buffer.concat([header, body])
}

test("reads regular files and joins long names", () => {
  const long = "x".repeat(513)
  const parts = [
    entry("folder/", "", "", "5"),
    entry("a.txt", "hello"),
    entry("b", long, "deep/folder"),
    Buffer.alloc(1024),
  ]
  const files = readTar(Buffer.concat(parts))
  expect([...files.keys()]).toEqual(["a.txt", "deep/folder/b"])
  expect(files.get("a.txt")?.toString()).toBe("hello")
  expect(files.get("deep/folder/b")?.toString()).toBe(long)
})

test("refuses an archive that is cut off", () => {
  expect(() => readTar(entry("a.txt", "x".repeat(600)).subarray(0, 800))).toThrow(/cut off at "a.txt"/)
})
