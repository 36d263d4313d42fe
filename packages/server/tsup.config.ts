import { packageBuild } from "../../tools/build/tsup.ts"

export default packageBuild({ index: "src/index.ts" }, { node: "src/node.ts" })
