// Types only: the configuration is read inside each package, from where tsup itself need not be found.
import type { Options } from "tsup"

/** ES2022 lowers `using` and `await using`, which not every browser has. */
const shared: Options = {
  format: ["esm"],
  target: "es2022",
  sourcemap: true,
  splitting: false,
  dts: false,
  clean: false,
  // Modules such as node:sqlite are known under no other name.
  removeNodeProtocol: false,
}

/**
 * A published package: one bundle for Node, one for browsers (package.json `imports` pick the platform files). What Node
 * alone has, such as the code of a thread, comes besides.
 */
export function packageBuild(
  entries: Record<string, string> = { index: "src/index.ts" },
  nodeEntries: Record<string, string> = {},
): Options[] {
  const browserEntries = Object.fromEntries(Object.entries(entries).map(([name, path]) => [`${name}.browser`, path]))
  return [
    { ...shared, entry: { ...entries, ...nodeEntries }, platform: "node", noExternal: [/^#platform\//] },
    { ...shared, entry: browserEntries, platform: "browser", noExternal: [/^#platform\//] },
  ]
}

/** An app: one bundle of its own code; packages stay external. */
export function appBuild(entries: Record<string, string> = { main: "src/main.ts" }): Options {
  return { ...shared, entry: entries, platform: "node" }
}

/** A page of an app: its script, its style sheet and the files beside them, all that a browser needs, in `dist/web`. */
export function pageBuild({ app, style, files }: { app: string; style: string; files: string }): Options {
  return {
    entry: { app, style },
    outDir: "dist/web",
    publicDir: files,
    platform: "browser",
    format: ["esm"],
    target: "es2022",
    splitting: false,
    minify: true,
    dts: false,
    noExternal: [/./],
    esbuildOptions(options) {
      options.jsx = "automatic"
      options.jsxImportSource = "preact"
    },
  }
}
