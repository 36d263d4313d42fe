/** What scenes are composed of. Lengths are in pixels of the picture. */
export interface SceneWorld {
  /** Edge of the square picture. */
  readonly imageSize: number
  readonly objectSize: { readonly minimum: number; readonly maximum: number }
  /** The most objects that its models have seen in one picture. */
  readonly mostObjects: number
  /** What the nine cells are called, row by row. */
  readonly cellNames: readonly string[]
  readonly settings: readonly SceneItem[]
  readonly kinds: readonly SceneItem[]
}

/** A setting or a kind of object, and where its picture is. */
export interface SceneItem {
  readonly name: string
  readonly url: string
}
