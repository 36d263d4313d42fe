import { sendRequest } from "./send-request.ts"

/** The ids of the models that the server has open, the default first. */
export async function listModels(): Promise<string[]> {
  const response = await sendRequest("v1/models")
  const { data } = (await response.json()) as { data: readonly { id: string }[] }
  return data.map(({ id }) => id)
}
