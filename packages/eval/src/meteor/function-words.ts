/** Words of grammar rather than of content, and the marks between them: a match of two of these counts less. */
export const functionWords: ReadonlySet<string> = new Set(
  (
    "a an the this that these those some any no each every all both either neither another such " +
    "of to in on at by for from with into out up down over under after before about between through during against off near " +
    "and or but nor so if than as because while when where who which what whose that " +
    "i me my you your he him his she her it its we us our they them their there here " +
    "is are was were be been being am has have had do does did will would can could may might must shall should " +
    "not n't 's 're 've 'll 'd 'm also more most other only one two very just then too " +
    ". , ; : ? ! - -- ' '' \" ` `` -lrb- -rrb- ( ) & $ %"
  ).split(" "),
)
