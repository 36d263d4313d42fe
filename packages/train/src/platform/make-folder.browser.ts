import { noFileSystem } from "./no-file-system.ts"

/** Browsers have no folders: throws TrainError "no-file-system". */
export async function makeFolder(path: string): Promise<void> {
  throw noFileSystem(path)
}
