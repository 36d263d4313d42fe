/** The files of a page. Only names that were listed can be read, so that no path leads anywhere else. */
export interface StaticFolder {
  /** Such as `scripts/page.js`. */
  readonly names: readonly string[]
  read(name: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; version: string }>
}
