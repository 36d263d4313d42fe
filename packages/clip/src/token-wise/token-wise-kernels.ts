import { defineKernel } from "@llava/tensor"

const params = { pairs: "u32", texts: "u32", patches: "u32", words: "u32" } as const

/** One invocation a pair of image and text. */
const head = /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let pair = (group.x + group.y * groups.x) * 64u + lane;
  if (pair >= params.pairs) { return; }
  let text = pair % params.texts;
  let start = (pair / params.texts) * params.patches * params.texts * params.words + text * params.words;
  let row = params.texts * params.words;
  let count = max(1u, min(u32(word_counts[text]), params.words));`

const bestWord = /* wgsl */ `
    var best_word = 0u;
    for (var word = 1u; word < count; word++) {
      if (products[start + place * row + word] > products[start + place * row + best_word]) { best_word = word; }
    }`

const bestPatch = /* wgsl */ `
    var best_patch = 0u;
    for (var place = 1u; place < params.patches; place++) {
      if (products[start + place * row + word] > products[start + best_patch * row + word]) { best_patch = place; }
    }`

export const tokenWiseKernel = defineKernel({
  name: "token_wise_similarity",
  bindings: [
    { name: "products", type: "array<f32>" },
    { name: "word_counts", type: "array<i32>" },
    { name: "similarities", type: "array<f32>", write: true },
  ],
  params,
  code: /* wgsl */ `${head}
  var over_patches = 0.0;
  for (var place = 0u; place < params.patches; place++) {${bestWord}
    over_patches += products[start + place * row + best_word];
  }
  var over_words = 0.0;
  for (var word = 0u; word < count; word++) {${bestPatch}
    over_words += products[start + best_patch * row + word];
  }
  similarities[pair] = over_patches / f32(params.patches);
  similarities[params.pairs + pair] = over_words / f32(count);
}`,
})

/** The block of products of a pair belongs to that pair alone. */
export const tokenWiseBackwardKernel = defineKernel({
  name: "token_wise_similarity_backward",
  bindings: [
    { name: "products", type: "array<f32>" },
    { name: "word_counts", type: "array<i32>" },
    { name: "gradient", type: "array<f32>" },
    { name: "change", type: "array<f32>", write: true },
  ],
  params,
  code: /* wgsl */ `${head}
  let to_patches = gradient[pair] / f32(params.patches);
  let to_words = gradient[params.pairs + pair] / f32(count);
  for (var place = 0u; place < params.patches; place++) {${bestWord}
    for (var word = 0u; word < params.words; word++) {
      change[start + place * row + word] = select(0.0, to_patches, word == best_word);
    }
  }
  for (var word = 0u; word < count; word++) {${bestPatch}
    change[start + best_patch * row + word] += to_words;
  }
}`,
})
