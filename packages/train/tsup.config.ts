import { packageBuild } from "../../tools/build/tsup.ts"

export default packageBuild({ index: "src/index.ts" }, { "prepare-images.node": "src/platform/prepare-images.node.ts" })
