import { z } from "zod"

const knownModelSchema = z.object({
  /** What `openModel` or `openClip` is given. */
  name: z.string(),
  kind: z.enum(["llava", "language-model", "clip"]),
  /** `organisation/name` on the hub. */
  hub: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  revision: z.string().default("main"),
  /** Bytes of the weights to download: parameters times the bytes of the published dtype, encoder included. */
  bytes: z.int().positive(),
  /** A published template's name; absent where the model's own chat template is used. */
  template: z.string().optional(),
  /** What its pictures were prepared with; absent where the folder states it. */
  imageAspectRatio: z.enum(["square", "pad"]).optional(),
  license: z.string(),
})

export type KnownModel = z.output<typeof knownModelSchema>

const llama2Terms = "LLaMA 2 Community License"

/** Models that open by a short name. LLaVA 1.5 stands here in both published layouts, with one and the same weights. */
export const knownModels: readonly KnownModel[] = z.array(knownModelSchema).parse([
  {
    name: "llava-1.5-7b",
    kind: "llava",
    hub: "llava-hf/llava-1.5-7b-hf",
    bytes: 14_126_854_144, // 7,063,427,072 parameters in f16
    license: llama2Terms,
  },
  {
    name: "llava-1.5-13b",
    kind: "llava",
    hub: "llava-hf/llava-1.5-13b-hf",
    bytes: 26_702_989_312, // 13,351,494,656 parameters in f16
    license: llama2Terms,
  },
  {
    name: "llava-1.5-7b-original",
    kind: "llava",
    hub: "liuhaotian/llava-v1.5-7b",
    bytes: 15_230_567_428, // 6,759,395,328 parameters in f16; CLIP ViT-L/14-336 with 427,944,193 in f32
    template: "vicuna_v1",
    imageAspectRatio: "pad",
    license: llama2Terms,
  },
  {
    name: "llava-1.5-13b-original",
    kind: "llava",
    hub: "liuhaotian/llava-v1.5-13b",
    bytes: 27_806_440_452, // 13,047,331,840 parameters in f16; CLIP ViT-L/14-336 with 427,944,193 in f32
    template: "vicuna_v1",
    imageAspectRatio: "pad",
    license: llama2Terms,
  },
  {
    name: "tiny-llava",
    kind: "llava",
    hub: "bczhou/tiny-llava-v1-hf",
    bytes: 2_820_227_072, // 1,410,113,536 parameters in f16
    license: "Apache-2.0",
  },
  {
    name: "smollm2-135m",
    kind: "language-model",
    hub: "HuggingFaceTB/SmolLM2-135M-Instruct",
    bytes: 269_030_016, // 134,515,008 parameters in bf16
    license: "Apache-2.0",
  },
  {
    name: "smollm2-360m",
    kind: "language-model",
    hub: "HuggingFaceTB/SmolLM2-360M-Instruct",
    bytes: 723_642_240, // 361,821,120 parameters in bf16
    license: "Apache-2.0",
  },
  {
    name: "smollm2-1.7b",
    kind: "language-model",
    hub: "HuggingFaceTB/SmolLM2-1.7B-Instruct",
    bytes: 3_422_752_768, // 1,711,376,384 parameters in bf16
    license: "Apache-2.0",
  },
  {
    name: "clip-vit-base-32",
    kind: "clip",
    hub: "openai/clip-vit-base-patch32",
    bytes: 605_109_252, // 151,277,313 parameters in f32
    license: "MIT",
  },
  {
    name: "clip-vit-base-16",
    kind: "clip",
    hub: "openai/clip-vit-base-patch16",
    bytes: 598_482_948, // 149,620,737 parameters in f32
    license: "MIT",
  },
  {
    name: "clip-vit-large-14",
    kind: "clip",
    hub: "openai/clip-vit-large-patch14",
    bytes: 1_710_466_052, // 427,616,513 parameters in f32
    license: "MIT",
  },
  {
    name: "clip-vit-large-14-336",
    kind: "clip",
    hub: "openai/clip-vit-large-patch14-336",
    bytes: 1_711_776_772, // 427,944,193 parameters in f32
    license: "MIT",
  },
])
