/** One image and one caption of it. */
export interface CaptionPair {
  id: string
  /** A path relative to the folder of images. */
  image: string
  caption: string
}
