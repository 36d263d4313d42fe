/** Random access to bytes: a file, a blob, an HTTP resource. Every reader of this package starts from one. */
export interface ByteSource extends AsyncDisposable {
  /** For error messages: a path or an address. */
  readonly name: string
  readonly size: number
  /** Bytes `[begin, end)`. Throws a `CheckpointError` ("file-truncated") when the source ends before `end`. */
  read(begin: number, end: number): Promise<Uint8Array>
}
