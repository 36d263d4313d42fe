import type { HubEntry, HubFile } from "./hub-file.ts"

/** A file under way: bytes are appended, survive an abort where the platform can keep them, and are checked at the end. */
export interface PartialFile {
  /** Bytes already here, from this or an earlier attempt. */
  readonly received: number
  write(bytes: Uint8Array): Promise<void>
  /** Forgets everything received. */
  restart(): Promise<void>
  /** The digest of all bytes received (see `digestKind`). To be called once all bytes are here. */
  digest(): Promise<string>
}

/** Where the files of one repository are kept: a folder (Node) or a Cache Storage (browser). */
export interface HubStore {
  /** The commit that a branch or tag stood for when it was last downloaded. */
  readRef(revision: string): Promise<string | undefined>
  writeRef(revision: string, commit: string): Promise<void>
  /** All files of a commit, where they were listed before. A commit never changes, so neither does its listing. */
  readListing(commit: string): Promise<readonly HubEntry[] | undefined>
  writeListing(commit: string, entries: readonly HubEntry[]): Promise<void>
  /** Folder of a commit; files are found below it by their path in the repository. */
  snapshot(commit: string): string
  /** Paths of the files present in a snapshot. */
  snapshotFiles(commit: string): Promise<string[]>
  /** Full path or address of a file if it is present, whole (`size` in bytes, if known). */
  find(commit: string, path: string, size?: number): Promise<string | undefined>
  /** Makes the file part of the snapshot if its content is already here. False if it must be downloaded. */
  reuse(commit: string, file: HubFile): Promise<boolean>
  /**
   * Downloads with `fill`, one process at a time, then makes the file part of the snapshot. When `fill` throws,
   * nothing becomes visible in the snapshot and the partial file is kept.
   */
  receive(
    commit: string,
    file: HubFile,
    signal: AbortSignal,
    fill: (partial: PartialFile) => Promise<void>,
  ): Promise<void>
}

export interface HubStoreOptions {
  /** Folder (Node) or name of a Cache Storage (browser). */
  cacheDir: string
  /** `organisation/name`, already checked. */
  repo: string
}
