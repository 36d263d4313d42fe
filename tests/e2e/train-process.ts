import { type AppRun, startApp } from "./app-process.ts"

/** The trainer as `npm run train` runs it. */
export function startTrainer(args: readonly string[]) {
  return startApp("trainer", ["llava"], args)
}

export function runTrainer(args: readonly string[]): Promise<AppRun> {
  return startTrainer(args).ended
}
