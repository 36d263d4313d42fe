export interface HubId {
  repo: string
  /** A single file of the repository: a GGUF. */
  file: string | undefined
  revision: string | undefined
}

/** `org/name`, `org/name@revision` or `org/name/path/to/file.gguf@revision`; undefined for anything else. */
export function parseHubId(name: string): HubId | undefined {
  const [, repo, file, revision] =
    /^([\w-][\w.-]*\/[\w-][\w.-]*)(?:\/([^@]+\.gguf))?(?:@([\w./-]+))?$/i.exec(name) ?? []
  return repo === undefined ? undefined : { repo, file, revision }
}
