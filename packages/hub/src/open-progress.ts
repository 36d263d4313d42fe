/** Bytes of the stage that is under way. */
export interface OpenProgress {
  stage: "download" | "load"
  loadedBytes: number
  totalBytes: number
  /** The file being downloaded. */
  file?: string
}
