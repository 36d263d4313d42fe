import type { Layer, Rgb, Setting } from "./setting.ts"

const sky: Layer = { type: "gradient", from: 0, to: 1, top: [112, 182, 240], bottom: [196, 226, 250] }

function plain(name: string, color: Rgb): Setting {
  return {
    name: `plain ${name}`,
    place: `on a plain ${name} background`,
    description: `a plain ${name} background`,
    words: [`${name} background`, `background is ${name} .`, `it is ${name} .`],
    layers: [{ type: "gradient", from: 0, to: 1, top: color, bottom: color }],
  }
}

/** Every setting, by name. */
export const settings: ReadonlyMap<string, Setting> = new Map(
  [
    {
      name: "grass",
      place: "on the grass",
      description: "green grass under a blue sky",
      words: ["meadow", "lawn"],
      layers: [
        sky,
        { type: "ground", from: 0.36, rise: 0.03, waves: 1, color: [116, 186, 92] },
        { type: "strokes", from: 0.42, to: 1, count: 40, length: 0.02, color: [98, 166, 76] },
      ],
    },
    {
      name: "sea",
      place: "at the sea",
      description: "the blue sea under a bright sky",
      words: ["ocean", "water"],
      layers: [
        { type: "gradient", from: 0, to: 0.4, top: [170, 216, 246], bottom: [226, 242, 252] },
        { type: "gradient", from: 0.4, to: 1, top: [44, 128, 196], bottom: [24, 88, 160] },
        { type: "strokes", from: 0.44, to: 1, count: 26, length: 0.14, color: [110, 178, 224] },
      ],
    },
    {
      name: "night",
      place: "at night",
      description: "a dark night with small stars",
      words: ["stars"],
      layers: [
        { type: "gradient", from: 0, to: 1, top: [16, 20, 56], bottom: [44, 44, 98] },
        { type: "spots", from: 0, to: 0.8, count: 34, radius: 0.006, color: [244, 240, 206] },
        { type: "ground", from: 0.84, rise: 0.03, waves: 1.5, color: [18, 20, 40] },
      ],
    },
    {
      name: "snow",
      place: "in the snow",
      description: "white snow under a gray sky",
      words: ["snowy"],
      layers: [
        { type: "gradient", from: 0, to: 0.5, top: [150, 168, 190], bottom: [196, 210, 224] },
        { type: "ground", from: 0.44, rise: 0.04, waves: 1.2, color: [240, 245, 250] },
        { type: "spots", from: 0, to: 0.6, count: 30, radius: 0.009, color: [252, 253, 255] },
      ],
    },
    {
      name: "desert",
      place: "in the desert",
      description: "yellow sand under a hot sky",
      words: ["sand", "sandy"],
      layers: [
        { type: "gradient", from: 0, to: 0.5, top: [250, 196, 120], bottom: [252, 226, 176] },
        { type: "ground", from: 0.4, rise: 0.06, waves: 0.8, color: [232, 190, 118] },
        { type: "ground", from: 0.66, rise: 0.05, waves: 1.1, color: [220, 174, 100] },
      ],
    },
    {
      name: "room",
      place: "in a room",
      description: "a room with a light wall and a wooden floor",
      words: ["indoors", "wooden floor"],
      layers: [
        { type: "gradient", from: 0, to: 1, top: [236, 224, 204], bottom: [228, 212, 188] },
        { type: "gradient", from: 0.6, to: 0.63, top: [250, 248, 244], bottom: [250, 248, 244] },
        { type: "gradient", from: 0.63, to: 1, top: [168, 116, 72], bottom: [142, 94, 56] },
        { type: "strokes", from: 0.66, to: 1, count: 14, length: 0.3, color: [126, 82, 48] },
      ],
    },
    {
      name: "street",
      place: "on a street",
      description: "a gray street with white lines",
      words: ["road", "asphalt"],
      layers: [
        { type: "gradient", from: 0, to: 0.35, top: [172, 196, 214], bottom: [206, 218, 226] },
        { type: "gradient", from: 0.35, to: 0.42, top: [150, 146, 140], bottom: [168, 164, 158] },
        { type: "gradient", from: 0.42, to: 1, top: [96, 98, 104], bottom: [76, 78, 84] },
        { type: "gradient", from: 0.5, to: 0.53, top: [232, 232, 228], bottom: [232, 232, 228] },
        { type: "gradient", from: 0.88, to: 0.91, top: [232, 232, 228], bottom: [232, 232, 228] },
      ],
    },
    {
      name: "sunset",
      place: "at sunset",
      description: "an orange sunset above a dark field",
      words: ["evening", "dusk"],
      layers: [
        { type: "gradient", from: 0, to: 0.72, top: [120, 70, 140], bottom: [255, 150, 80] },
        { type: "ground", from: 0.64, rise: 0.03, waves: 1.3, color: [62, 44, 66] },
      ],
    },
    {
      name: "underwater",
      place: "underwater",
      description: "an underwater scene with bubbles",
      words: ["bubbles", "ocean floor"],
      layers: [
        { type: "gradient", from: 0, to: 1, top: [70, 200, 214], bottom: [14, 84, 120] },
        { type: "spots", from: 0, to: 1, count: 26, radius: 0.012, color: [170, 232, 238] },
        { type: "ground", from: 0.88, rise: 0.03, waves: 2, color: [186, 170, 120] },
      ],
    },
    {
      name: "beach",
      place: "on the beach",
      description: "a beach with small waves",
      words: ["shore", "seaside"],
      layers: [
        { type: "gradient", from: 0, to: 0.3, top: [140, 204, 246], bottom: [208, 234, 250] },
        { type: "gradient", from: 0.3, to: 0.56, top: [50, 160, 200], bottom: [96, 196, 214] },
        { type: "strokes", from: 0.32, to: 0.48, count: 12, length: 0.12, color: [222, 244, 248] },
        { type: "ground", from: 0.5, rise: 0.02, waves: 1.4, color: [242, 222, 170] },
      ],
    },
    plain("white", [250, 250, 250]),
    plain("pink", [250, 190, 206]),
    plain("blue", [120, 170, 240]),
    plain("green", [150, 214, 150]),
    plain("yellow", [250, 230, 130]),
    plain("gray", [168, 170, 174]),
  ].map((setting) => [setting.name, setting as Setting]),
)
