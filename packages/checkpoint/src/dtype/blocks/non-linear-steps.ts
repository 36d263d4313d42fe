/** The sixteen values a weight of the non-linear 4-bit formats (IQ4_NL, IQ4_XS) can take, before scaling. */
export const nonLinearSteps: readonly number[] = [
  -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113,
]
