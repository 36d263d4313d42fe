import { mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { readEnvironment } from "./read-environment.ts"

test("an empty environment means the cache of the user's home", async () => {
  const home = await mkdtemp(join(tmpdir(), "chat-home-"))
  expect(await readEnvironment({ HOME: home })).toEqual({
    cacheDir: `${home}/.cache/huggingface/hub`,
    offline: false,
  })
})

test("the variables of Hugging Face's tools are passed on", async () => {
  const environment = { HF_HOME: "/data/hf", HF_TOKEN: "abc", HF_ENDPOINT: "http://mirror/", HF_HUB_OFFLINE: "yes" }
  expect(await readEnvironment(environment)).toEqual({
    cacheDir: "/data/hf/hub",
    token: "abc",
    endpoint: "http://mirror",
    offline: true,
  })
})

test.each(["0", "false", "", undefined])("HF_HUB_OFFLINE=%s is not offline", async (value) => {
  expect(await readEnvironment({ HOME: "/nowhere", HF_HUB_OFFLINE: value })).toMatchObject({ offline: false })
})

test("a token may lie in a file, unless that is switched off", async () => {
  const home = await mkdtemp(join(tmpdir(), "chat-home-"))
  await writeFile(join(home, "token"), "from-file\n")
  expect(await readEnvironment({ HF_HOME: home, HF_HUB_CACHE: "/elsewhere" })).toMatchObject({
    cacheDir: "/elsewhere",
    token: "from-file",
  })
  const hidden = await readEnvironment({ HF_HOME: home, HF_HUB_DISABLE_IMPLICIT_TOKEN: "1" })
  expect(hidden).not.toHaveProperty("token")
})
