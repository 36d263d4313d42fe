import { describe, expect, test } from "vitest"
import type { Answer, Candidates } from "./choose-adapter.mjs"
import { chooseAdapter } from "./choose-adapter.mjs"

const none = (reason: string): Answer => ({ found: false, reason })

function found(description: string, software: boolean, variables: Record<string, string> = {}): Answer {
  const info = {
    vendor: "v",
    architecture: "",
    device: "d",
    description,
    software,
    subgroupMinSize: 8,
    subgroupMaxSize: 8,
  }
  return { found: true, info, features: [], limits: {}, firstKernelMs: 1, nextKernelMs: 1, variables }
}

const gpu = found("NVIDIA H100", false)
const lavapipe = found("llvmpipe: Mesa 25.0.7", true, { VK_DRIVER_FILES: "/lvp.json" })
const swiftshader = found("SwiftShader driver 5.0.0", true, { VK_DRIVER_FILES: "/swiftshader.json" })
const warp = found("Microsoft Basic Render Driver", true)

/** A machine, and the places it was asked for, in order. */
function machine(answers: Partial<Record<keyof Candidates, Answer>>) {
  const asked: string[] = []
  const place = (name: keyof Candidates) => async () => {
    asked.push(name)
    return answers[name] ?? none("absent")
  }
  return { asked, system: place("system"), lavapipe: place("lavapipe"), swiftshader: place("swiftshader") }
}

const anything = { wanted: undefined, source: "--adapter" } as const

describe("without a wish", () => {
  test("takes a GPU and asks no further", async () => {
    const places = machine({ system: gpu, lavapipe, swiftshader })
    const choice = await chooseAdapter(places, anything)
    expect(choice).toMatchObject({ kind: "hardware", name: "NVIDIA H100", variables: {} })
    expect(places.asked).toEqual(["system"])
  })

  test("takes lavapipe with its driver alone where the machine has only software", async () => {
    const places = machine({ system: lavapipe, lavapipe, swiftshader })
    const choice = await chooseAdapter(places, anything)
    expect(choice).toMatchObject({ kind: "lavapipe", variables: { VK_DRIVER_FILES: "/lvp.json" } })
    expect(places.asked).toEqual(["system", "lavapipe"])
  })

  test("takes SwiftShader where lavapipe is refused, and says why", async () => {
    const choice = await chooseAdapter(machine({ lavapipe: none("Mesa is too old"), swiftshader }), anything)
    expect(choice.kind).toBe("swiftshader")
    expect(choice.reason).toContain("Mesa is too old")
  })

  test("takes the machine's own software adapter before it fetches one", async () => {
    const places = machine({ system: warp, swiftshader })
    expect((await chooseAdapter(places, anything)).kind).toBe("software")
    expect(places.asked).not.toContain("swiftshader")
  })

  test("refuses with every reason where nothing works", async () => {
    const places = machine({ system: none("no driver"), lavapipe: none("not installed"), swiftshader: none("offline") })
    await expect(chooseAdapter(places, anything)).rejects.toThrow(/not installed.*offline.*mesa-vulkan-drivers/)
  })
})

describe("with a wish", () => {
  test.each(["lavapipe", "swiftshader"] as const)("takes %s although there is a GPU", async (wanted) => {
    const choice = await chooseAdapter(machine({ system: gpu, lavapipe, swiftshader }), {
      wanted,
      source: "LLAVA_ADAPTER",
    })
    expect(choice).toMatchObject({ kind: wanted, reason: "asked for with LLAVA_ADAPTER" })
  })

  test("takes nothing else in its place", async () => {
    const places = machine({ system: lavapipe, lavapipe, swiftshader })
    const request = { wanted: "hardware", source: "--adapter" } as const
    await expect(chooseAdapter(places, request)).rejects.toThrow(/no hardware adapter.*there is only llvmpipe/)
    await expect(chooseAdapter(machine({ system: gpu }), { ...request, wanted: "lavapipe" })).rejects.toThrow(
      /install Mesa/,
    )
  })
})
