import { expect } from "vitest"
import { CheckpointError } from "../checkpoint-error.ts"

/** Expects a `CheckpointError` of this code whose message names all of `names`. */
export async function expectRefusal(promise: Promise<unknown>, code: string, ...names: string[]): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(CheckpointError)
  expect((error as CheckpointError).message).toSatisfy((message: string) =>
    names.every((name) => message.includes(name)),
  )
  expect((error as CheckpointError).code).toBe(code)
}
