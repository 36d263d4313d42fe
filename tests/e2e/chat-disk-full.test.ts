import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { HubServer } from "#testing"
import { runChat } from "./chat-process.ts"

test.skipIf(!existsSync("/dev/full"))("a disk that fills up while a model is downloaded", async () => {
  const content = new Uint8Array(300_000).fill(7)
  const files = {
    "config.json": { content: new TextEncoder().encode('{"model_type":"llama"}') },
    "model.safetensors": { content, lfs: true },
  }
  await using server = await HubServer.start("acme/tiny", files)
  const cache = await mkdtemp(join(tmpdir(), "llava-disk-full-"))
  const blobs = join(cache, "models--acme--tiny", "blobs")
  await mkdir(blobs, { recursive: true })
  // Every write to this device fails as on a full disk.
  const digest = createHash("sha256").update(content).digest("hex")
  await symlink("/dev/full", join(blobs, `${digest}.incomplete`))

  const environment = { HF_HUB_CACHE: cache, HF_ENDPOINT: server.endpoint, HF_HUB_OFFLINE: "0" }
  const run = await runChat(["--model", "acme/tiny", "--template", "v1", "--prompt", "x"], { environment })
  expect(run).toMatchObject({ code: 1, stdout: "" })
  const mistakes = run.messages.filter((line) => !/downloading/.test(line))
  expect(mistakes).toEqual([expect.stringMatching(/no space left on the disk\. Free some space.*HF_HUB_CACHE/)])
  expect(run.stderr).not.toMatch(/\n\s+at /)
  const seen = await readdir(join(cache, "models--acme--tiny"), { recursive: true })
  expect(seen.filter((path) => path.includes("snapshots") && path.endsWith(".safetensors"))).toEqual([])
  await rm(cache, { recursive: true })
})
