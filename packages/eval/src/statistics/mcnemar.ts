/**
 * McNemar's exact test, two-sided: the probability of so uneven a split, or a more uneven one, of the items that exactly
 * one of two systems has right, were each as likely to be right on them.
 */
export function mcnemar(onlyFirst: number, onlySecond: number): number {
  const trials = onlyFirst + onlySecond
  const fewer = Math.min(onlyFirst, onlySecond)
  let term = -trials * Math.LN2
  let tail = 0
  for (let k = 0; k <= fewer; k++) {
    tail += Math.exp(term)
    term += Math.log(trials - k) - Math.log(k + 1)
  }
  return Math.min(1, 2 * tail)
}
