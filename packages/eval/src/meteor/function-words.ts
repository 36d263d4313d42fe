/** Words, and marks, that each make up more than about a thousandth of English text: a match of two counts less. */
export const functionWords: ReadonlySet<string> = new Set(
  (
    "a about after all also an and are as at be been but by can could first for from had has have he her his i if in into " +
    "is it its last more new no not of on one or other out over people said she so some than that the their there they " +
    "this time to two up was we were what when which who will with would year years you 's 't s " +
    ". , ; : ? - -- ' ’ \" “ ” — ) ( $ -lrb- -rrb-"
  ).split(" "),
)
