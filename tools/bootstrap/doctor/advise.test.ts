import { expect, test } from "vitest"
import { advise } from "./advise.mjs"

const machine = {
  platform: "linux",
  kind: "lavapipe" as const,
  others: [] as string[],
  features: ["shader-f16", "subgroups"],
  distribution: "debian 13",
  devices: [] as string[],
  mayUseDevices: true,
  cores: 16,
  freeMemory: 16e9,
}

test("has nothing to say about a good GPU", () => {
  expect(advise({ ...machine, kind: "hardware" })).toEqual([])
})

test("names the group, the driver or the package that is missing", () => {
  const first = (facts: Partial<typeof machine>) => advise({ ...machine, ...facts })[0]
  expect(first({ devices: ["renderD128"], mayUseDevices: false })).toContain("usermod -aG render")
  expect(first({ devices: ["nvidia0"] })).toContain("libnvidia-gl")
  const swiftshader = { ...machine, kind: "swiftshader" as const }
  expect(advise({ ...swiftshader, distribution: "debian 12" }).join()).toContain("-t bookworm-backports")
  expect(advise({ ...swiftshader, distribution: "ubuntu 24.04" }).join()).toContain(
    "apt-get install mesa-vulkan-drivers",
  )
  expect(advise({ ...swiftshader, others: ["lavapipe"] }).join()).toContain("lavapipe is here too")
})

test("mentions few cores for software adapters only, and little memory for all", () => {
  expect(advise({ ...machine, cores: 2 }).join()).toContain("2 cores")
  expect(advise({ ...machine, kind: "hardware", cores: 2, freeMemory: 1e9 })).toHaveLength(1)
})
