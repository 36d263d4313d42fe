import { expect } from "vitest"
import type { TestServer } from "./start-server.ts"

/** However it was treated, the server goes on serving. */
export async function expectServing(server: TestServer): Promise<void> {
  const response = await server.ask()
  expect(response.status).toBe(200)
  expect(await response.text()).toContain("A cup.")
}
