/** Where the bytes of an image come from: files that were uploaded, and addresses where those are fetched. */
export interface ImageSource {
  /** The bytes of an uploaded file. Errors: ApiError 404. */
  file(id: string): Uint8Array
  /** What an address holds. Errors: ApiError 400. */
  fetch(address: URL, signal: AbortSignal): Promise<Uint8Array>
}
