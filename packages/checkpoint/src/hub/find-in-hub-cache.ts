import { openHubStore } from "#platform/hub-store"
import { checkFilePath } from "./check-file-path.ts"
import { checkRepoName } from "./check-repo-name.ts"
import { isCommit } from "./is-commit.ts"

export interface FindInHubCacheOptions {
  repo: string
  /** Branch, tag or commit; `"main"` by default. A branch is what it was when last downloaded. */
  revision?: string
  /** Path in the repository. */
  file: string
  cacheDir: string
}

/** Path of a file in the cache (in a browser: its address in the Cache Storage), or undefined. Makes no request. */
export async function findInHubCache(options: FindInHubCacheOptions): Promise<string | undefined> {
  const { repo, revision = "main", file, cacheDir } = options
  checkRepoName(repo)
  checkFilePath(revision, "The revision")
  checkFilePath(file, "The file name")
  const store = openHubStore({ cacheDir, repo })
  const commit = isCommit(revision) ? revision : await store.readRef(revision)
  return commit === undefined ? undefined : store.find(commit, file)
}
