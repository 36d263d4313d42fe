import type { z } from "zod"
import type { HubClient } from "./hub-client.ts"
import { HubError } from "./hub-error.ts"
import type { HubSubject } from "./response-error.ts"

/** A JSON answer, checked, and the address of the next page where the `Link` header names one. */
export async function readJson<Schema extends z.ZodType>(
  client: HubClient,
  url: URL,
  subject: HubSubject,
  schema: Schema,
): Promise<{ value: z.infer<Schema>; next: URL | undefined }> {
  return client.retry(async () => {
    await using response = await client.request(url, subject)
    const text = await response.text()
    const invalid = (reason: string, cause?: unknown) =>
      new HubError(`${url.origin}${url.pathname}: not the answer of a hub (${reason}).`, {
        code: "hub-answer-invalid",
        fix: "Check `endpoint` (HF_ENDPOINT) and whether a proxy or login page answers in its place.",
        cause,
      })
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch (error) {
      throw invalid("no JSON", error)
    }
    const parsed = schema.safeParse(json)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      throw invalid(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`, parsed.error)
    }
    const link = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(response.headers.get("link") ?? "")
    return { value: parsed.data, next: link ? new URL(link[1]!, url) : undefined }
  })
}
