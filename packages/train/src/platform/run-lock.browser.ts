import { TrainError } from "../train-error.ts"

/** Browsers have no folders: throws TrainError "no-file-system". */
export async function lockRun(output: string): Promise<AsyncDisposable> {
  throw new TrainError(`${output} cannot be used: a browser has no folders.`, {
    code: "no-file-system",
    fix: "Leave output out, and keep the weights after the last step yourself.",
  })
}
