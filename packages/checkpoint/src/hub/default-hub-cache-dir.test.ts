import { describe, expect, it } from "vitest"
import { defaultHubCacheDir } from "./default-hub-cache-dir.ts"

describe("defaultHubCacheDir", () => {
  it.each([
    [{ HOME: "/home/ada" }, "/home/ada/.cache/huggingface/hub"],
    [{ USERPROFILE: "C:\\Users\\ada" }, "C:\\Users\\ada/.cache/huggingface/hub"],
    [{ HOME: "/home/ada", XDG_CACHE_HOME: "/big/cache/" }, "/big/cache/huggingface/hub"],
    [{ HOME: "/home/ada", XDG_CACHE_HOME: "/big", HF_HOME: "~/hf" }, "/home/ada/hf/hub"],
    [{ HF_HOME: "/hf", HUGGINGFACE_HUB_CACHE: "/old" }, "/old"],
    [{ HF_HOME: "/hf", HUGGINGFACE_HUB_CACHE: "/old", HF_HUB_CACHE: "/new" }, "/new"],
    [{ HOME: "/home/ada", HF_HUB_CACHE: "" }, "/home/ada/.cache/huggingface/hub"],
    [{ SCRATCH: "/scratch/7", HF_HOME: "$SCRATCH/hf" }, "/scratch/7/hf/hub"],
    [{ SCRATCH: "/scratch/7", HF_HUB_CACHE: `$${"{SCRATCH}"}/a$UNKNOWN` }, "/scratch/7/a$UNKNOWN"],
  ])("%o is %s", (environment, expected) => {
    expect(defaultHubCacheDir(environment)).toBe(expected)
  })

  it("says what to set when nothing is known", () => {
    expect(() => defaultHubCacheDir({})).toThrow("HF_HUB_CACHE")
  })
})
