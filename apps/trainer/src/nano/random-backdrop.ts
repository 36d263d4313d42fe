import type { Layer, Rgb, SeededRandom } from "@llava/scenes"

/**
 * What no setting looks like: colours, a ground and marks at random. A tower that learns things before these knows them
 * before settings, too, where it never saw them (domain randomization, Tobin et al. 2017).
 */
export function randomBackdrop(random: SeededRandom): Layer[] {
  const layers: Layer[] = [{ type: "gradient", from: 0, to: 1, top: colour(random), bottom: colour(random) }]
  if (random.chance(0.5))
    layers.push({
      type: "ground",
      from: random.between(0.2, 0.9),
      rise: random.between(0, 0.06),
      waves: random.between(0.5, 2),
      color: colour(random),
    })
  const count = random.whole(5, 40)
  if (random.chance(0.3))
    layers.push({ type: "spots", from: 0, to: 1, count, radius: random.between(0.005, 0.013), color: colour(random) })
  else if (random.chance(0.4))
    layers.push({ type: "strokes", from: 0, to: 1, count, length: random.between(0.02, 0.3), color: colour(random) })
  return layers
}

const colour = (random: SeededRandom): Rgb => [random.whole(0, 255), random.whole(0, 255), random.whole(0, 255)]
