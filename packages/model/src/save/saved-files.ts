import type { ImageSpec } from "@llava/core"
import type { Llava } from "../llava/llava.ts"
import type { ModelFolder } from "../load/model-folder.ts"
import type { ModelSource } from "../load/model-source.ts"

const tokenizerFiles =
  /^(tokenizer\.json|tokenizer\.model|tokenizer_config\.json|special_tokens_map\.json|added_tokens\.json|vocab\.json|merges\.txt|chat_template\.(json|jinja))$/
const otherFiles = ["generation_config.json", "preprocessor_config.json", "processor_config.json"]
const pilNumbers = { nearest: 0, bilinear: 2, bicubic: 3 } as const

/** What a saved model needs besides weights and config, by file name. */
export async function savedFiles(model: Llava, source: ModelSource): Promise<Map<string, Uint8Array>> {
  const { folder, tokenizerFolder, encoder } = source
  const files = new Map<string, Uint8Array>()
  const copy = async (from: ModelFolder | undefined, wanted: (name: string) => boolean) => {
    for (const name of from?.files ?? []) {
      if (wanted(name) && !files.has(name)) files.set(name, Uint8Array.from(await from!.read(name)))
    }
  }
  await copy(tokenizerFolder, (name) => tokenizerFiles.test(name))
  await copy(folder, (name) => otherFiles.includes(name))
  if (!folder) files.set("generation_config.json", generationConfig(model))
  if (!model.encoder) return files
  await copy(encoder?.folder, (name) => name === "preprocessor_config.json")
  if (!files.has("preprocessor_config.json") && source.manifest?.layout !== "hugging-face") {
    files.set("preprocessor_config.json", processorConfig(model.options.imageSpec ?? model.encoder.image))
  }
  return files
}

/** Which tokens begin, pad and end, where no file says it. */
function generationConfig({ tokenizer, options: { endTokenIds = [] } }: Llava): Uint8Array {
  const config = {
    bos_token_id: tokenizer.bosTokenId,
    eos_token_id: endTokenIds.length > 1 ? endTokenIds : endTokenIds[0],
    pad_token_id: tokenizer.padTokenId,
  }
  return new TextEncoder().encode(`${JSON.stringify(config, undefined, 2)}\n`)
}

/** An image specification as CLIPImageProcessor's file. */
function processorConfig({ size, mean, std, resample, fit }: ImageSpec): Uint8Array {
  const square = { height: size, width: size }
  const stretches = fit === "stretch"
  const config = {
    image_processor_type: "CLIPImageProcessor",
    do_convert_rgb: true,
    do_resize: true,
    size: stretches ? square : { shortest_edge: size },
    resample: pilNumbers[resample],
    do_center_crop: !stretches,
    ...(!stretches && { crop_size: square }),
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: mean,
    image_std: std,
  }
  return new TextEncoder().encode(`${JSON.stringify(config, undefined, 2)}\n`)
}
