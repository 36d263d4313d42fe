import { publint } from "publint"
import { formatMessage } from "publint/utils"
import { beforeAll, expect, test } from "vitest"
import { buildPackages } from "../support/build-packages.ts"
import { members } from "./workspace.ts"

beforeAll(() => buildPackages("build"), 300_000)

const published = members("packages").filter(({ manifest }) => !manifest.private)

test.each(published)("@llava/$name can be published", async ({ folder }) => {
  const { messages, pkg } = await publint({ pkgDir: folder, pack: "pnpm", level: "warning" })
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
})
