import { TrainError } from "../train-error.ts"

/** What a run says in a browser that is asked for a folder. */
export function noFileSystem(path: string): TrainError {
  return new TrainError(`${path} cannot be used: a browser has no folders.`, {
    code: "no-file-system",
    fix: "Leave output out, and keep the weights after the last step yourself.",
  })
}
