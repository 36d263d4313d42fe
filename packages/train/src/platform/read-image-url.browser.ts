import { noFileSystem } from "./no-file-system.ts"

/** Browsers have no folders: throws TrainError "no-file-system". */
export async function readImageUrl(path: string): Promise<string | undefined> {
  throw noFileSystem(path)
}
