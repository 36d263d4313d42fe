/** ScienceQA's files with as many problems as the test split: problems, splits and answers of about 900 letters. */
export function madeUpScienceQA(count = 4241): { problems: string; splits: string; predictions: string } {
  const ids = Array.from({ length: count }, (_, index) => String(index + 1))
  const problems = Object.fromEntries(
    ids.map((id, index) => [
      id,
      {
        question: `Which of these is number ${id}?`,
        choices: ["this", "that", "the other"],
        answer: index % 3,
        hint: index % 2 === 0 ? "Look at it. ".repeat(20) : "",
        image: index % 2 === 1 ? "image.png" : null,
        grade: `grade${(index % 12) + 1}`,
        subject: ["natural science", "social science", "language science"][index % 3],
      },
    ]),
  )
  const outputs = Object.fromEntries(
    ids.map((id, index) => [id, `${"Some lecture about it. ".repeat(40)}The answer is ${"ABC"[index % 3]}.`]),
  )
  return {
    problems: JSON.stringify(problems),
    splits: JSON.stringify({ test: ids }),
    predictions: JSON.stringify({ outputs }, null, 2),
  }
}
