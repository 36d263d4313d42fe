/** A file as a repository lists it; a mirror may leave out everything but the path. */
export interface HubEntry {
  /** Relative to the repository, with `/`; checked by `checkFilePath`. */
  readonly path: string
  /** Bytes of the content (not of a Git LFS pointer). */
  readonly size?: number
  /** SHA-1 of the git blob: of the content, or of the pointer where the content lies in Git LFS. */
  readonly gitOid?: string
  /** SHA-256 of the content where it lies in Git LFS. */
  readonly sha256?: string
  readonly xetHash?: string
}

/** A file ready to be downloaded. */
export interface HubFile {
  readonly path: string
  readonly size: number
  /** Name below `blobs/`, equal to the normalised ETag: the SHA-256 of LFS files, the git SHA-1 of others. */
  readonly blob: string
}
