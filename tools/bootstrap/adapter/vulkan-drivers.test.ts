import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { lavapipeFiles, vulkanDriverFiles, vulkanDriverFolders } from "./vulkan-drivers.mjs"

test("looks where the Vulkan loader looks, each folder once", () => {
  const folders = vulkanDriverFolders({ HOME: "/home/ann", XDG_DATA_DIRS: "/opt/share:/usr/share:/usr/share" })
  expect(folders).toContain("/home/ann/.local/share/vulkan/icd.d")
  expect(folders).toContain("/etc/vulkan/icd.d")
  expect(folders).toContain("/opt/share/vulkan/icd.d")
  expect(folders.filter((folder) => folder === "/usr/share/vulkan/icd.d")).toHaveLength(1)
  expect(folders).not.toContain("/usr/local/share/vulkan/icd.d")
})

test("lists driver files and passes over folders that are not there", () => {
  const folder = mkdtempSync(join(tmpdir(), "drivers-"))
  mkdirSync(join(folder, "a"))
  for (const name of ["z.json", "b.json", "readme.txt"]) writeFileSync(join(folder, "a", name), "{}")
  expect(vulkanDriverFiles([join(folder, "absent"), join(folder, "a")])).toEqual([
    join(folder, "a/b.json"),
    join(folder, "a/z.json"),
  ])
  rmSync(folder, { recursive: true })
})

test("knows lavapipe under the names the distributions give it, for this processor only", () => {
  const files = ["/i/lvp_icd.json", "/i/lvp_icd.x86_64.json", "/i/lvp_icd.i686.json", "/i/intel_icd.json"]
  expect(lavapipeFiles(files, "x64")).toEqual(["/i/lvp_icd.json", "/i/lvp_icd.x86_64.json"])
  expect(lavapipeFiles(["/i/lvp_icd.aarch64.json", "/i/lvp_icd.x86_64.json"], "arm64")).toEqual([
    "/i/lvp_icd.aarch64.json",
  ])
})
