/** What reading descriptions of images came across, besides the descriptions. */
export interface ContextCounts {
  images: number
  captions: number
  boxes: number
  /** Boxes around groups (`iscrowd`), left out: they name a category but not how many. */
  crowdBoxes: number
  /** Boxes without area, also after clipping to the image; left out. */
  emptyBoxes: number
  /** Boxes that stood out of the image by more than rounding; clipped. */
  clippedBoxes: number
  /** Boxes with coordinates that are no numbers; left out. */
  invalidBoxes: number
  /** Captions that are empty; left out. */
  emptyCaptions: number
  /** Captions and boxes of an image id that the files do not list. */
  captionsWithoutImage: number
  boxesWithoutImage: number
  boxesWithoutCategory: number
  /** Images without any caption; left out. */
  imagesWithoutCaption: number
}

export function newContextCounts(): ContextCounts {
  return {
    images: 0,
    captions: 0,
    boxes: 0,
    crowdBoxes: 0,
    emptyBoxes: 0,
    clippedBoxes: 0,
    invalidBoxes: 0,
    emptyCaptions: 0,
    captionsWithoutImage: 0,
    boxesWithoutImage: 0,
    boxesWithoutCategory: 0,
    imagesWithoutCaption: 0,
  }
}
