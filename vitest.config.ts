import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const conditions = ["@llava/source", "node", "import", "module", "default"]
const shared = {
  resolve: { alias: { "#testing": path("./tests/support/index.ts") }, conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
}
// Tests that take minutes: `npm run test:all` has them too.
const left = process.env["LLAVA_TEST_LONG"] ? [] : ["**/*.long.test.ts", "**/*.long.gpu.test.ts"]
const gpuTests = [
  "packages/{tensor,model,clip,llama,projector,hub,train,ai-sdk-provider}/src/**/*.gpu.test.ts",
  "tests/**/*.gpu.test.ts",
]

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "cpu",
          include: ["{packages,apps}/*/{src,web}/**/*.test.ts", "tests/**/*.test.ts", "tools/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", ...gpuTests, ...left],
          pool: "forks",
          // By default one core is left out, which is half of a small machine.
          maxWorkers: "100%",
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...shared,
        test: {
          name: "gpu",
          include: gpuTests,
          exclude: ["**/node_modules/**", "**/dist/**", ...left],
          // After the others: a software adapter computes on the CPU, which they would share.
          sequence: { groupOrder: 1 },
          // One device per process, and one process: a software adapter already uses every core.
          pool: "forks",
          maxWorkers: 1,
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
