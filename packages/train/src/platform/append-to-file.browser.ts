import { noFileSystem } from "./no-file-system.ts"

/** Browsers have no folders: throws TrainError "no-file-system". */
export async function appendToFile(path: string, _data: string | Uint8Array): Promise<void> {
  throw noFileSystem(path)
}
