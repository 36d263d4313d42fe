import { TrainError } from "../train-error.ts"

/** Browsers have no folders: throws TrainError "no-file-system". */
export async function appendToFile(path: string, _data: string | Uint8Array): Promise<void> {
  throw new TrainError(`${path} cannot be used: a browser has no folders.`, {
    code: "no-file-system",
    fix: "Leave output out, and keep the weights after the last step yourself.",
  })
}
