import { createRequire } from "node:module"
import { dirname } from "node:path"

/** The folder of @llava/nano, which comes with the chat. */
export const nanoPackage = () => dirname(createRequire(import.meta.url).resolve("@llava/nano/package.json"))
