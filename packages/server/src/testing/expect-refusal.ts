import { expect } from "vitest"
import { errorSchema } from "../schema/error.ts"

/** The reply is OpenAI's error object with this status and code; returns its message. */
export async function expectRefusal(response: Response, status: number, code: string): Promise<string> {
  const body: unknown = await response.json()
  const { error } = errorSchema.strict().parse(body)
  expect({ status: response.status, code: error.code, message: error.message }).toMatchObject({ status, code })
  return error.message
}
