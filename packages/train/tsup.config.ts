import { packageBuild } from "../../tools/build/tsup.ts"

export default packageBuild({
  index: "src/index.ts",
  "prepare-images.worker": "src/platform/prepare-images.worker.ts",
})
