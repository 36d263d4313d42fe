/**
 * A linear classifier by ridge regression onto one-hot classes: what a linear probe of features needs, in closed form.
 * Returns the class of highest score for features.
 */
export function ridgeClasses(
  features: readonly Float32Array[],
  classes: readonly number[],
  { strength = 1e-2 }: { strength?: number } = {},
): (feature: Float32Array) => number {
  const size = features[0]!.length + 1
  const count = Math.max(...classes) + 1
  const gram = Array.from({ length: size }, () => new Float64Array(size))
  const target = Array.from({ length: size }, () => new Float64Array(count))
  for (const [index, feature] of features.entries()) {
    const row = [...feature, 1]
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) gram[i]![j]! += row[i]! * row[j]!
      target[i]![classes[index]!]! += row[i]!
    }
  }
  for (let i = 0; i < size; i++) gram[i]![i]! += strength * features.length
  solve(gram, target)
  return (feature) => {
    const scores = new Float64Array(count)
    for (const [i, value] of [...feature, 1].entries()) {
      for (let c = 0; c < count; c++) scores[c]! += value * target[i]![c]!
    }
    return scores.indexOf(Math.max(...scores))
  }
}

/** Gauss-Jordan with pivots; `right` becomes the solution. */
function solve(left: Float64Array[], right: Float64Array[]): void {
  const size = left.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(left[row]![column]!) > Math.abs(left[pivot]![column]!)) pivot = row
    }
    for (const matrix of [left, right]) [matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!]
    const scale = 1 / left[column]![column]!
    for (const matrix of [left, right]) for (let i = 0; i < matrix[column]!.length; i++) matrix[column]![i]! *= scale
    for (let row = 0; row < size; row++) {
      const factor = left[row]![column]!
      if (row === column || factor === 0) continue
      for (const matrix of [left, right]) {
        for (let i = 0; i < matrix[row]!.length; i++) matrix[row]![i]! -= factor * matrix[column]![i]!
      }
    }
  }
}
