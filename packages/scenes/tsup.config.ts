import { appBuild } from "../../tools/build/tsup.ts"

// Its work is in files and processes: there is no build for browsers. The last is the code of a thread.
export default appBuild({
  index: "src/index.ts",
  main: "src/main.ts",
  "scene-worker": "src/pool/scene-worker.ts",
})
