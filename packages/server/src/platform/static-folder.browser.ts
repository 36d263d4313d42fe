import type { StaticFolder } from "../page/static-folder.ts"

/** Without Node there are no folders: the runtime's own means serve static files. */
export function openStaticFolder(folder: string): StaticFolder {
  throw new Error(`The page in ${folder} cannot be served here: folders are read in Node only.`)
}
