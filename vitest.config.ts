import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const conditions = ["@llava/source", "node", "import", "module", "default"]
const shared = {
  resolve: { alias: { "#testing": path("./tests/support/index.ts") }, conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
}
const gpuTests = ["packages/{tensor,model,clip,llama,projector,hub}/src/**/*.gpu.test.ts", "tests/**/*.gpu.test.ts"]

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "cpu",
          include: ["{packages,apps}/*/src/**/*.test.ts", "tests/**/*.test.ts", "tools/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", ...gpuTests],
          pool: "forks",
          testTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: "gpu",
          include: gpuTests,
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
