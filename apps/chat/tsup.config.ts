import { appBuild, pageBuild } from "../../tools/build/tsup.ts"

export default [appBuild(), pageBuild({ app: "web/src/main.tsx", style: "web/styles/app.css", files: "web/public" })]
