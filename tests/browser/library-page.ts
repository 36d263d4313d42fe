import { decodeImage } from "@llava/core"
import { openModel } from "@llava/hub"
import { openModelFolder } from "@llava/model"

/** What tests call in a page. */
const library = { decodeImage, openModel, openModelFolder }

declare global {
  var llava: typeof library
}

globalThis.llava = library
