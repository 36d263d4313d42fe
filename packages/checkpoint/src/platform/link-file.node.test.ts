import { copyFile, link, lstat, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { linkFile } from "./link-file.node.ts"

const refused = async () => {
  throw Object.assign(new Error("not permitted"), { code: "EPERM" })
}

let folder: string
let blob: string
let pointer: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "llava-link-"))
  blob = join(folder, "blob")
  pointer = join(folder, "snapshots", "one", "file")
  await writeFile(blob, "content")
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe("linkFile", () => {
  it("makes a relative symbolic link, and replaces what was there", async () => {
    await linkFile(blob, pointer)
    await linkFile(blob, pointer)
    expect(await readlink(pointer)).toBe("../../blob")
    expect(await readFile(pointer, "utf8")).toBe("content")
    expect(await readdir(folder)).toEqual(["blob", "snapshots"])
  })

  it("makes a hard link where symbolic links are refused", async () => {
    await linkFile(blob, pointer, { symlink: refused, link, copyFile })
    expect((await lstat(pointer)).ino).toBe((await lstat(blob)).ino)
  })

  it("copies where no links can be made", async () => {
    await linkFile(blob, pointer, { symlink: refused, link: refused, copyFile })
    const copied = await lstat(pointer)
    expect(copied.isFile()).toBe(true)
    expect(copied.ino).not.toBe((await lstat(blob)).ino)
    expect(await readFile(pointer, "utf8")).toBe("content")
  })

  it("leaves nothing behind when the copy fails halfway", async () => {
    const diskFull = async (_source: string, target: string) => {
      await writeFile(target, "cont")
      throw Object.assign(new Error("no space"), { code: "ENOSPC" })
    }
    await expect(
      linkFile(blob, pointer, { symlink: refused, link: refused, copyFile: diskFull }),
    ).rejects.toMatchObject({
      code: "ENOSPC",
    })
    expect(await readdir(folder)).toEqual(["blob", "snapshots"])
    expect(await readdir(join(folder, "snapshots", "one"))).toEqual([])
    await linkFile(blob, pointer, { symlink, link, copyFile })
    expect(await readFile(pointer, "utf8")).toBe("content")
  })
})
