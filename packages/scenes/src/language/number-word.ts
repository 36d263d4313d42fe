const words = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
]

/** 2 as "two"; above twelve in digits. */
export function numberWord(value: number): string {
  return words[value] ?? String(value)
}
