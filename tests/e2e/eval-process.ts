import { type AppRun, startApp } from "./app-process.ts"

/** The evaluation as `npm run eval` runs it. */
export function startEval(args: readonly string[]) {
  return startApp("eval", ["eval"], args)
}

export function runEval(args: readonly string[]): Promise<AppRun> {
  return startEval(args).ended
}
