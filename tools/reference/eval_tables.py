"""Answer tables as VLMEvalKit leaves them: tests/fixtures/eval/tables. Needs openpyxl."""

import csv
import sys
from pathlib import Path

import openpyxl

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "tests/fixtures/eval/tables")

answers = [
    ["index", "question", "A", "B", "answer", "prediction", "category"],
    [1, "What is it?", "cup", "dog", "A", "The answer is A.", "object"],
    [2, 'Which\nline, "quoted"?', "1", "2", "B", "B", "text"],
    [3, "Empty choice", None, "2", "B", "Ünïcode: 猫 <b>&amp;</b>", "text"],
    [7, "A number", 3, 4, "A", 3, "number"],
]
mme = [
    ["index", "category", "image_path", "question", "answer", "prediction"],
    [0, "code_reasoning", "code/1.png", "Is it 1? Please answer yes or no.", "Yes", "Yes"],
    [1, "code_reasoning", "code/1.png", "Is it 2? Please answer yes or no.", "No", "Yes, it is."],
    [2, "code_reasoning", "code/2.png", "Is it 3? Please answer yes or no.", "Yes", "yes"],
    [3, "code_reasoning", "code/2.png", "Is it 4? Please answer yes or no.", "No", "No."],
    [4, "OCR", "ocr/1.png", "Is the word a? Please answer yes or no.", "Yes", "It might be."],
    [5, "OCR", "ocr/1.png", "Is the word b? Please answer yes or no.", "No", "No"],
]


def book(rows, name, more=()):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    for title, first in more:
        workbook.create_sheet(title).append(first)
    workbook.save(folder / name)


book(answers, "vlmevalkit.xlsx", [("other", ["index", "prediction"])])
book(mme, "mme.xlsx")
with open(folder / "vlmevalkit.tsv", "w", newline="") as file:
    csv.writer(file, delimiter="\t").writerows([["" if cell is None else cell for cell in row] for row in answers])
