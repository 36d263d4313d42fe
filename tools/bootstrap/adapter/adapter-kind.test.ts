import { expect, test } from "vitest"
import { adapterKind } from "./adapter-kind.mjs"

test.each([
  ["lavapipe", { software: true, architecture: "software", description: "llvmpipe: Mesa 25.0.7 (LLVM 15.0.6) 0.0.1" }],
  ["swiftshader", { software: true, architecture: "swiftshader", description: "SwiftShader driver 5.0.0" }],
  ["software", { software: true, architecture: "", description: "Microsoft Basic Render Driver" }],
  ["hardware", { software: false, architecture: "hopper", description: "NVIDIA: 570.86.15 570.86.15.0" }],
] as const)("%s", (kind, info) => {
  expect(adapterKind(info)).toBe(kind)
})
