import { join } from "node:path"
import { build } from "esbuild"
import { repository } from "../architecture/workspace.ts"

/** Bundles modules, and the packages' sources behind them, as a page gets them. `entries` by name of the script. */
export async function bundleForBrowser(entries: Readonly<Record<string, string>>, outdir: string): Promise<void> {
  await build({
    absWorkingDir: repository,
    entryPoints: { ...entries },
    outdir,
    bundle: true,
    format: "esm",
    // As the packages are built: `using` is not in every browser.
    target: "es2022",
    conditions: ["@llava/source", "browser"],
    // For entries outside of the workspace.
    nodePaths: [join(repository, "tests/node_modules")],
    logLevel: "error",
  })
}
