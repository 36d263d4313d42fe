import { nanoImageSpec } from "./nano-configs.ts"
import { nanoChatTemplate } from "./nano-template.ts"

/** The files of a nano besides config and weights, by name, as transformers names them. */
export function nanoFiles(tokenizerJson: string): ReadonlyMap<string, string> {
  const { size, mean, std } = nanoImageSpec
  const text = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`
  const tokens = { bos_token: "<s>", eos_token: "</s>", pad_token: "<pad>", unk_token: "<unk>" }
  return new Map([
    ["tokenizer.json", tokenizerJson],
    [
      "tokenizer_config.json",
      text({
        tokenizer_class: "PreTrainedTokenizerFast",
        ...tokens,
        image_token: "<image>",
        model_max_length: 512,
        clean_up_tokenization_spaces: false,
      }),
    ],
    ["special_tokens_map.json", text(tokens)],
    ["chat_template.jinja", nanoChatTemplate],
    [
      "preprocessor_config.json",
      text({
        image_processor_type: "CLIPImageProcessor",
        ...{ do_resize: true, size: { shortest_edge: size }, resample: 3 },
        ...{ do_center_crop: true, crop_size: { height: size, width: size } },
        ...{ do_rescale: true, rescale_factor: 1 / 255, do_normalize: true, do_convert_rgb: true },
        ...{ image_mean: mean, image_std: std },
      }),
    ],
    [
      "processor_config.json",
      text({
        processor_class: "LlavaProcessor",
        patch_size: size / 3,
        vision_feature_select_strategy: "default",
        num_additional_image_tokens: 1,
        image_token: "<image>",
      }),
    ],
  ])
}
