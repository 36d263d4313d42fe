import { clipVisionPresets } from "@llava/clip"
import type { Benchmark, Target } from "./benchmark.ts"
import type { ImageEncoderWork } from "./work.ts"

/** Layers of ViT-L/14 that run by default: they are alike, and 24 of them take a peer on a processor minutes. */
const LARGE_LAYERS = 4

const targets: readonly Target[] = [{ kind: "ratio", atLeast: 3, over: ["onnx", "onnx-plain"] }]

/** CLIP's image towers with random weights: ViT-B/32 with f32 and f16 weights, ViT-L/14 with f32 weights. */
export function imageEncoderBenchmarks(full: boolean): Benchmark[] {
  const { vitBase32, vitLarge14 } = clipVisionPresets
  const largeLayers = full ? vitLarge14.num_hidden_layers : LARGE_LAYERS
  return [
    benchmark("clip-vit-b32-f32", "CLIP ViT-B/32", "vitBase32", "f32", vitBase32.num_hidden_layers),
    benchmark("clip-vit-b32-f16", "CLIP ViT-B/32", "vitBase32", "f16", vitBase32.num_hidden_layers),
    benchmark("clip-vit-l14-f32", "CLIP ViT-L/14", "vitLarge14", "f32", largeLayers),
  ]
}

function benchmark(
  name: string,
  tower: string,
  preset: ImageEncoderWork["preset"],
  format: ImageEncoderWork["format"],
  layers: number,
): Benchmark {
  const all = clipVisionPresets[preset].num_hidden_layers
  const depth = layers === all ? `${all} layers` : `the first ${layers} of ${all} layers`
  return {
    name,
    title: `${tower}, one image, ${depth}, random weights ${format}`,
    work: { kind: "image-encoder", preset, format, layers },
    amount: { count: 1, unit: "images/s" },
    contestants: ["llava", "onnx", "onnx-plain", "onnx-cpu"],
    // In f16 ONNX Runtime computes everything in f16, @llava only keeps the weights so.
    tolerance: format === "f32" ? 1e-4 : 2e-2,
    targets,
  }
}
