import { RandomMatrix } from "../data/random-matrix.ts"
import type { MatmulWork } from "../plan/work.ts"
import type { OnnxGraph } from "./onnx-graph.ts"
import { onnxLinear } from "./onnx-linear.ts"

/** One product. f16 is f16 between two casts, as ONNX has no product of f32 with f16. */
export function matmulGraph(graph: OnnxGraph, { format, rows, inputs, outputs }: MatmulWork): void {
  const matrix = new RandomMatrix("weight", format, outputs, inputs)
  const x = graph.cast(graph.input("x", "f32", [rows, inputs]), "f32", format === "f16" ? "f16" : "f32")
  const y = graph.cast(onnxLinear(graph, x, matrix), format === "f16" ? "f16" : "f32", "f32")
  graph.output("y", y, "f32", [rows, outputs])
}
