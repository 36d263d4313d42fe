/** A file being written from front to back. */
export interface WritableFile {
  /** Appends all of `bytes`; they may be reused once the promise is fulfilled. */
  write(bytes: Uint8Array): Promise<void>
}
