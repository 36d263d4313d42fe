import { appBuild } from "../../tools/build/tsup.ts"

// Its work is in files and processes: there is no build for browsers.
export default appBuild({ index: "src/index.ts" })
