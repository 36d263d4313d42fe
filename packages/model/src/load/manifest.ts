import type { ImageAspectRatio } from "@llava/core"

/** A LLaVA's config.json, whichever layout it is in: what each part is built from, and how they are put together. */
export interface Manifest {
  readonly layout: "hugging-face" | "original" | "language-model"
  /** The file, for error messages. */
  readonly file: string
  readonly config: Readonly<Record<string, unknown>>
  readonly language: Readonly<Record<string, unknown>>
  readonly image: ImageManifest | undefined
  readonly template: string | undefined
  readonly maxLength: number | undefined
}

/** How pictures become embeddings, as config.json has it. */
export interface ImageManifest {
  /** The encoder's config, where config.json has it. */
  readonly encoder: Readonly<Record<string, unknown>> | undefined
  /** Path or hub id of a separate encoder (`mm_vision_tower`). */
  readonly encoderPath: string | undefined
  /** Everything but the sizes. */
  readonly projector: Readonly<Record<string, unknown>> & { readonly type: string }
  readonly selectLayers: readonly number[]
  readonly selectFeature: "patch" | "cls_patch"
  readonly imageAspectRatio: ImageAspectRatio
  /** `image_token_index` of Hugging Face's layout. */
  readonly imageTokenId: number | undefined
  /** `mm_use_im_start_end` */
  readonly imageStartEnd: boolean
  /** `mm_use_im_patch_token` */
  readonly imagePatchToken: boolean
}
