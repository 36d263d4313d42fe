import { refuseGradient } from "../autograd/refuse-gradient.ts"
import { TensorError } from "../error/tensor-error.ts"
import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { Tensor } from "../tensor/tensor.ts"
import { linear } from "./linear.ts"

const kernel = defineKernel({
  name: "patches",
  bindings: [
    { name: "pixels", type: "array<f32>" },
    { name: "patches", type: "array<f32>", write: true },
  ],
  params: { size: "u32", channels: "u32", height: "u32", width: "u32", patch_size: "u32" },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = (group.x + group.y * groups.x) * 64u + lane;
  if (at >= params.size) { return; }
  let across = params.width / params.patch_size;
  let down = params.height / params.patch_size;
  var rest = at;
  let x = rest % params.patch_size; rest /= params.patch_size;
  let y = rest % params.patch_size; rest /= params.patch_size;
  let channel = rest % params.channels; rest /= params.channels;
  let column = rest % across; rest /= across;
  let row = rest % down; rest /= down;
  let line = (rest * params.channels + channel) * params.height + row * params.patch_size + y;
  patches[at] = pixels[line * params.width + column * params.patch_size + x];
}`,
})

/**
 * The convolution that begins a vision transformer, its stride equal to its kernel: each patch times one matrix.
 *
 * pixels `[batch, channels, height, width]`, weight `[hidden, channels, patch, patch]`, bias `[hidden]` ->
 * `[batch, patches, hidden]`, patches row by row. Rows and columns of pixels that do not fill a patch are left out,
 * as a convolution leaves them. Errors: "shape-mismatch", "dtype-mismatch".
 */
export function patchEmbedding(pixels: Tensor, weight: Tensor, options: { bias?: Tensor } = {}): Tensor {
  expectDtype("patchEmbedding", "pixels", pixels, "f32")
  const [batch, channels, height, width] = pixels.shape
  const [hidden, weightChannels, patch, patchWidth] = weight.shape
  const fits =
    pixels.shape.length === 4 && weight.shape.length === 4 && channels === weightChannels && patch === patchWidth
  if (!fits || height! < patch! || width! < patch!) {
    throw new TensorError(
      `patchEmbedding: weight has shape [${weight.shape}], which does not fit pixels of shape [${pixels.shape}].`,
      {
        code: "shape-mismatch",
        fix: "Expected [hidden, channels, patch, patch] and [batch, channels, height, width].",
      },
    )
  }
  refuseGradient("patchEmbedding", [pixels], "Pixels cannot be trained; train the weight.")
  const { device } = pixels
  const count = Math.floor(height! / patch!) * Math.floor(width! / patch!)
  const inputs = channels! * patch! * patch!
  using patches = Tensor.empty(device, [batch!, count, inputs])
  using matrix = weight.reshape([hidden!, inputs])
  device.run(kernel, {
    bindings: [pixels.buffer, patches.buffer],
    params: [patches.size, channels!, height!, width!, patch!],
    workgroups: workgroupGrid(device, Math.ceil(patches.size / 64)),
  })
  return linear(patches, matrix, options) // [batch, patches, hidden]
}

/** `patchEmbedding` in float64. */
export function patchEmbeddingReference(
  pixels: ArrayLike<number>,
  weight: ArrayLike<number>,
  sizes: { batch: number; channels: number; height: number; width: number; hidden: number; patch: number },
  bias?: ArrayLike<number>,
): Float64Array {
  const { batch, channels, height, width, hidden, patch } = sizes
  const down = Math.floor(height / patch)
  const across = Math.floor(width / patch)
  const y = new Float64Array(batch * down * across * hidden)
  for (let at = 0; at < y.length; at++) {
    const unit = at % hidden
    const position = Math.floor(at / hidden)
    const column = position % across
    const row = Math.floor(position / across) % down
    const image = Math.floor(position / across / down)
    let sum = bias ? bias[unit]! : 0
    for (let channel = 0; channel < channels; channel++) {
      for (let i = 0; i < patch * patch; i++) {
        const line = (image * channels + channel) * height + row * patch + Math.floor(i / patch)
        sum +=
          pixels[line * width + column * patch + (i % patch)]! *
          weight[(unit * channels + channel) * patch * patch + i]!
      }
    }
    y[at] = sum
  }
  return y
}
