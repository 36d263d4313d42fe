import { z } from "zod"
import type { HubClient } from "./hub-client.ts"
import { readJson } from "./read-json.ts"

const modelSchema = z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) })

/** The commit a branch or tag stands for now: `GET /api/models/{repo}/revision/{revision}`. */
export async function resolveRevision(client: HubClient, repo: string, revision: string): Promise<string> {
  // A branch may hold slashes ("refs/pr/1"); in an address it is one segment.
  const url = new URL(`${client.url("api", "models", repo, "revision").href}/${encodeURIComponent(revision)}`)
  const { value } = await readJson(client, url, { repo, revision }, modelSchema)
  return value.sha
}
