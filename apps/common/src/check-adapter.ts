import { AppError } from "./app-error.ts"

/**
 * The bootstrap finds the adapter and takes `--adapter` away; a program that still reads it was started without, and
 * nothing in it could follow. `taken` is what the bootstrap chose.
 */
export function checkAdapter(asked: string | undefined, taken: string | undefined, command: string): void {
  if (asked === undefined || asked === taken) return
  throw new AppError(`--adapter is an option of \`${command}\`, which prepares the adapter before the program runs.`, {
    code: "command-line",
    fix: `Start with \`${command} -- --adapter KIND\`.`,
  })
}
