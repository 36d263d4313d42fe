const nouns =
  "man woman dog cat car street table chair beach tree house boat horse train bus bird child kitchen window road field " +
  "mountain river sky plate pizza cake phone laptop book ball park bench bridge tower church market shop garden flower " +
  "hat shirt dress umbrella bicycle motorcycle truck plane clock lamp mirror sofa bed pillow door wall fence gate roof " +
  "cup glass bottle spoon fork knife bowl apple banana orange lemon tomato carrot sandwich burger cheese bread coffee tea " +
  "guitar piano drum violin singer actor player coach crowd team stadium pitch goal racket helmet glove jacket boot " +
  "island lake forest desert valley cliff wave storm cloud rainbow sunset moon star planet rocket robot screen camera " +
  "museum statue painting palace castle temple village harbour airport station office classroom library hospital farm " +
  "sheep cow goat elephant giraffe zebra lion tiger bear wolf fox rabbit squirrel owl parrot penguin whale shark turtle"
const adjectives =
  "red blue green yellow black white brown old young small large tall short wooden metal empty busy quiet sunny rainy " +
  "foggy ancient modern colorful bright dark beautiful broken wet dry frozen rusty golden silver round square fresh ripe " +
  "hungry sleepy happy angry famous traditional abstract vintage rural urban tropical snowy steep narrow wide shiny dusty"
const verbs = "holds watches passes carries paints follows finds draws visits repairs"
const places = "near behind under above beside in on outside inside against"

/** The same captions for the same count: words are drawn by Zipf's law, and some are names that appear a few times only. */
export function* syntheticCaptions(count: number): Generator<string> {
  const random = uniform(1)
  const [things, kinds, acts, where] = [nouns, adjectives, verbs, places].map((words) => words.split(" "))
  const pick = (words: readonly string[]) => words[Math.floor(words.length ** random()) - 1]!
  const phrase = () => {
    const name = random() < 0.1 ? `${syllables(random, Math.floor(count / 20))} ` : ""
    const compound = random() < 0.3 ? `${pick(things!)} ` : ""
    return `${random() < 0.5 ? "a" : "the"} ${random() < 0.6 ? `${pick(kinds!)} ` : ""}${name}${compound}${pick(things!)}`
  }
  for (let index = 0; index < count; index++) {
    const end = random() < 0.5 ? ` ${pick(where!)} ${phrase()}` : ""
    yield random() < 0.5
      ? `${phrase()} ${pick(acts!)} ${phrase()}${end}`
      : `${phrase()} ${pick(where!)} ${phrase()}${end}`
  }
}

const consonants = "bdfgklmnprstvz"
const vowels = "aeiou"

/** One of `count` made-up names. */
function syllables(random: () => number, count: number): string {
  let number = Math.floor(random() * count)
  let word = ""
  for (let index = 0; index < 4; index++) {
    word += consonants[number % consonants.length]! + vowels[Math.floor(number / consonants.length) % vowels.length]!
    number = Math.floor(number / (consonants.length * vowels.length))
  }
  return word
}

/** Numbers in [0, 1), the same in every run (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
