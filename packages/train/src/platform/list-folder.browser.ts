import { noFileSystem } from "./no-file-system.ts"

/** Browsers have no folders: throws TrainError "no-file-system". */
export async function listFolder(path: string): Promise<string[]> {
  throw noFileSystem(path)
}
