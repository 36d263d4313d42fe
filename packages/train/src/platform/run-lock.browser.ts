import { noFileSystem } from "./no-file-system.ts"

/** Browsers have no folders: throws TrainError "no-file-system". */
export async function lockRun(output: string): Promise<AsyncDisposable> {
  throw noFileSystem(output)
}
