/** A picture of a conversation, as the file that is sent to the server. */
export interface StoredPicture {
  readonly id: string
  /** The file's name, or what the picture is; read out where it cannot be seen. */
  readonly name: string
  readonly blob: Blob
  readonly width: number
  readonly height: number
}
