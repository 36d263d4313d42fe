type Config = Readonly<Record<string, unknown>>

/** An image encoder's config from the config.json of its folder; published CLIP folders describe both towers. */
export function encoderConfigOf(config: Config): Config {
  const vision = config["vision_config"]
  if (typeof vision !== "object" || vision === null) return config
  return { model_type: "clip_vision_model", ...vision }
}
