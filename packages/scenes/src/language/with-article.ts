// Written with a vowel and spoken without: "a unicorn", "a ukulele".
const spokenWithConsonant = /^(uni|uk|eu|one)/

/** "a cat", "an owl". */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) && !spokenWithConsonant.test(noun) ? "an" : "a"} ${noun}`
}
