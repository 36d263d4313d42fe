import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { fixturePath } from "#testing"
import { ConfigError } from "./config-error.ts"
import { generationConfigSchema } from "./generation-config.ts"
import { huggingFaceLlavaConfigSchema } from "./hugging-face-llava-config.ts"
import { llavaKeySchema } from "./llava-key.ts"
import { parseConfig } from "./parse-config.ts"
import { parseHuggingFaceLlavaConfig } from "./parse-hugging-face-llava-config.ts"
import { parseOriginalLlavaConfig } from "./parse-original-llava-config.ts"

const fixture = (...path: string[]) => JSON.parse(readFileSync(fixturePath(...path), "utf8"))

describe("configuration files", () => {
  it("fills in the defaults of the original LLaVA, null or absent", () => {
    const defaults = {
      mm_projector_type: "linear",
      mm_vision_select_layer: -2,
      mm_vision_select_feature: "patch",
      mm_patch_merge_type: "flat",
      mm_use_im_start_end: false,
      mm_use_im_patch_token: true,
      image_aspect_ratio: "square",
      tokenizer_padding_side: "right",
    }
    expect(parseOriginalLlavaConfig({}, "config.json")).toEqual(defaults)
    expect(parseOriginalLlavaConfig({ image_aspect_ratio: null, vocab_size: 5 }, "config.json")).toEqual({
      ...defaults,
      vocab_size: 5,
    })
  })

  it("reads an original LLaVA's file", () => {
    expect(
      parseOriginalLlavaConfig(fixture("llava-original-mlp", "model", "config.json"), "config.json"),
    ).toMatchObject({
      mm_vision_tower: "../vision-tower",
      mm_projector_type: "mlp2x_gelu",
      mm_hidden_size: 32,
      mm_use_im_patch_token: false,
      image_aspect_ratio: "pad",
      tokenizer_model_max_length: 512,
      hidden_size: 24,
    })
  })

  it.each(["anyres", "anyres_max_9"])("refuses %s by the name of its key", (ratio) => {
    const parse = () => parseOriginalLlavaConfig({ image_aspect_ratio: ratio }, "config.json")
    expect(parse).toThrow(ConfigError)
    expect(parse).toThrow(
      expect.objectContaining({
        code: "image-aspect-ratio-unsupported",
        key: "image_aspect_ratio",
        file: "config.json",
      }),
    )
  })

  it.each<[key: string, code: string, config: Record<string, unknown>]>([
    ["image_grid_pinpoints", "image-aspect-ratio-unsupported", { image_grid_pinpoints: [[336, 672]] }],
    ["image_aspect_ratio", "image-aspect-ratio-unsupported", { image_aspect_ratio: "anyres" }],
    ["model_type", "image-aspect-ratio-unsupported", { model_type: "llava_next" }],
    ["model_type", "unknown-model-type", { model_type: "paligemma", text_config: {} }],
  ])("refuses %s of another Hugging Face model: %s", (key, code, config) => {
    const parse = () => parseHuggingFaceLlavaConfig({ model_type: "llava", ...config }, "config.json")
    expect(parse).toThrow(expect.objectContaining({ code, key, file: "config.json" }))
  })

  it("reads Hugging Face files, long and short", () => {
    const long = parseConfig(huggingFaceLlavaConfigSchema, fixture("llava-hf", "model", "config.json"), "config.json")
    const short = parseConfig(
      huggingFaceLlavaConfigSchema,
      fixture("llava-hf", "model-hub-layout", "config.json"),
      "config.json",
    )
    expect(long).toMatchObject({ image_token_index: 330, image_seq_length: 16, vision_feature_layer: -2 })
    expect(short).toMatchObject({ image_token_index: 330, image_seq_length: 576, multimodal_projector_bias: true })
    const several = parseConfig(
      huggingFaceLlavaConfigSchema,
      fixture("llava-hf-multilayer-full", "model", "config.json"),
      "config.json",
    )
    expect(several).toMatchObject({ vision_feature_layer: [-2, 1], vision_feature_select_strategy: "full" })
    expect(parseConfig(huggingFaceLlavaConfigSchema, {}, "config.json").vision_config).toMatchObject({
      image_size: 336,
    })
  })

  it("makes a list of one end token or several", () => {
    const ends = (value: unknown) => parseConfig(generationConfigSchema, value, "generation_config.json").eos_token_id
    expect(ends({ eos_token_id: 2, do_sample: true })).toEqual([2])
    expect(ends({ eos_token_id: [2, 7] })).toEqual([2, 7])
    expect(ends({ eos_token_id: null })).toEqual([])
    expect(ends(fixture("llava-hf", "model", "generation_config.json"))).toEqual([2])
  })

  it("names file and key of what is wrong", () => {
    const parse = () => parseConfig(llavaKeySchema, { selectLayer: "last" }, "config.json")
    expect(parse).toThrow(expect.objectContaining({ code: "config-invalid", file: "config.json", key: "selectLayer" }))
    expect(() => parseConfig(llavaKeySchema, null, "config.json")).toThrow(ConfigError)
    expect(parseConfig(llavaKeySchema, { template: "vicuna_v1", later: 1 }, "config.json")).toEqual({
      version: 1,
      template: "vicuna_v1",
      imageAspectRatio: "square",
      selectLayer: -2,
      selectFeature: "patch",
      parts: {},
      later: 1,
    })
  })
})
