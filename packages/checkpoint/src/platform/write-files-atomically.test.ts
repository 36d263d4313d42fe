import { execFile } from "node:child_process"
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { getuid } from "node:process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { expect, test } from "vitest"
import { writeFilesAtomically } from "#platform/write-files-atomically"
import { expectRefusal } from "../testing/expect-refusal.ts"
import { inTemporaryFolder } from "../testing/in-temporary-folder.ts"

const text = (content: string) => new TextEncoder().encode(content)

test("files appear together, whole, in place of older ones", () =>
  inTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "a"), "older")
    const seen: string[][] = []
    await writeFilesAtomically([
      { path: join(folder, "a"), write: (file) => file.write(text("new")) },
      {
        path: join(folder, "b"),
        async write(file) {
          seen.push([await readFile(join(folder, "a"), "utf8")])
          await file.write(text("1"))
          await file.write(text("2"))
        },
      },
    ])
    expect(seen).toEqual([["older"]])
    expect(await readdir(folder)).toEqual(["a", "b"])
    expect(await readFile(join(folder, "a"), "utf8")).toBe("new")
    expect(await readFile(join(folder, "b"), "utf8")).toBe("12")
  }))

test("a failure in the second file leaves the first as it was", () =>
  inTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "a"), "older")
    const failure = new Error("no more")
    const writing = writeFilesAtomically([
      { path: join(folder, "a"), write: (file) => file.write(text("new")) },
      { path: join(folder, "b"), write: () => Promise.reject(failure) },
    ])
    await expect(writing).rejects.toBe(failure)
    expect(await readdir(folder)).toEqual(["a"])
    expect(await readFile(join(folder, "a"), "utf8")).toBe("older")
  }))

test("a target that cannot be replaced is refused, and nothing is left", () =>
  inTemporaryFolder(async (folder) => {
    await mkdir(join(folder, "a", "inside"), { recursive: true })
    const writing = writeFilesAtomically([{ path: join(folder, "a"), write: (file) => file.write(text("x")) }])
    await expectRefusal(writing, "file-not-writable", join(folder, "a"))
    expect(await readdir(folder)).toEqual(["a"])
  }))

test("a folder without write permission is refused", (context) =>
  inTemporaryFolder(async (folder) => {
    if (getuid?.() === 0) context.skip("the superuser may write anywhere")
    await chmod(folder, 0o500)
    const writing = writeFilesAtomically([{ path: join(folder, "a"), write: (file) => file.write(text("x")) }])
    await expectRefusal(writing, "file-not-writable", "a")
    await chmod(folder, 0o700)
  }))

test("a full disk is a typed error, and nothing half-written is left", (context) =>
  inTemporaryFolder(async (folder) => {
    if (process.platform === "win32") context.skip("needs a shell that can limit the size of files")
    const path = join(folder, "model.safetensors")
    await writeFile(path, "older")
    const module = new URL("../safetensors/write-safetensors.ts", import.meta.url)
    const script = `
      import { writeSafetensors } from ${JSON.stringify(module.href)}
      const bytes = () => Array.from({ length: 64 }, () => new Uint8Array(1 << 16))
      await writeSafetensors(${JSON.stringify(path)}, [{ name: "a", dtype: "U8", shape: [1 << 22], bytes }]).catch(
        (error) => console.log(error.name, error.code, error.message))`
    const scriptFile = join(folder, "script.mjs")
    await writeFile(scriptFile, script)
    const { stdout } = await promisify(execFile)(
      "sh",
      ["-c", 'ulimit -f 1000; exec "$0" --conditions=@llava/source "$1"', process.execPath, scriptFile],
      { cwd: fileURLToPath(new URL("../..", import.meta.url)) },
    )
    expect(stdout).toContain(`CheckpointError disk-full ${path}`)
    expect((await readdir(folder)).sort()).toEqual(["model.safetensors", "script.mjs"])
    expect(await readFile(path, "utf8")).toBe("older")
  }))
