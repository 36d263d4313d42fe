"""Small cuts of published evaluation files for tests/fixtures/eval, with what the original scorers say of them.

Needs pycocoevalcap and Java for the caption metrics:  python eval_fixtures.py DATA_FOLDER [PART ...]
ScienceQA keeps only what scoring reads (its texts have a licence of their own): ids, answers, categories and the end of
each output. The others are cut by lines; the texts of reviews after the first line are left out.
"""
import json
import re
import sys
from pathlib import Path

from pycocoevalcap.bleu.bleu import Bleu
from pycocoevalcap.cider.cider import Cider
from pycocoevalcap.meteor.meteor import Meteor
from pycocoevalcap.rouge.rouge import Rouge
from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer

data = Path(sys.argv[1])
out = Path(__file__).parents[2] / "tests/fixtures/eval"


def write(name, text):
    path = out / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def jsonl(records):
    return "".join(json.dumps(record) + "\n" for record in records)


def scienceqa():
    folder = data / "scienceqa"
    problems = json.loads((folder / "problems_test.json").read_text())
    model = json.loads((folder / "test_sqa_llava_lcs_558k_sqa_12e_vicuna_v1_3_13b.json").read_text())
    text = json.loads((folder / "gpt3_final_test_QCM-ALE_2_seed_3.json").read_text())
    odd = ["7727", "18503", "10056", "19531"]
    ids = sorted(set(list(problems)[::36] + odd), key=int)
    keep = lambda p: {
        **p,
        "question": "",
        "choices": ["ABCDE"[i] for i in range(len(p["choices"]))],
        "hint": "hint" if p["hint"] else "",
    }
    end = lambda output: " ".join(re.findall(r"The answer is [A-Z].", output)) or output[-12:]
    write("scienceqa/problems.json", json.dumps({i: keep(problems[i]) for i in ids}))
    write("scienceqa/pid_splits.json", json.dumps({"test": ids, "minitest": ids[::10]}))
    for name, file in (("llava_v1_3_13b", model), ("gpt3", text)):
        cut = {"outputs": {i: end(file["outputs"][i]) for i in ids}, "results": {i: file["results"][i] for i in ids}}
        write(f"scienceqa/{name}.json", json.dumps(cut, indent=1))

    def row(wanted):
        right = [i for i in wanted if model["results"][i] == problems[i]["answer"]]
        return round(100 * len(right) / len(wanted), 2), len(right), len(wanted)

    def grade(i):
        return int(problems[i]["grade"].removeprefix("grade"))

    groups = {
        "NAT": [i for i in ids if problems[i]["subject"] == "natural science"],
        "SOC": [i for i in ids if problems[i]["subject"] == "social science"],
        "LAN": [i for i in ids if problems[i]["subject"] == "language science"],
        "TXT": [i for i in ids if problems[i]["hint"]],
        "IMG": [i for i in ids if problems[i]["image"]],
        "NO": [i for i in ids if not problems[i]["hint"] and not problems[i]["image"]],
        "G1-6": [i for i in ids if grade(i) <= 6],
        "G7-12": [i for i in ids if grade(i) >= 7],
        "AVG": ids,
    }
    expected = {name: row(group)[0] for name, group in groups.items()}
    write("scienceqa/expected.json", json.dumps({"accuracy": expected, "correct": row(ids)[1], "total": len(ids)}))


def llava_bench():
    folder = data / "llava-bench-wild/reviews"
    for run in (1, 2, 3):
        reviews = lines(folder / f"llava-v1.5-7b-eval{run}.jsonl")[:24]
        for review in reviews:
            review["content"] = review["content"].split("\n")[0]
        write(f"llava-bench/eval{run}.jsonl", jsonl(reviews))


def pope():
    folder = data / "pope"
    questions = lines(folder / "llava_pope_test.jsonl")
    answers = {answer["question_id"]: answer for answer in lines(folder / "answers_llava-v1.5-13b.jsonl")}
    cut = []
    for split in ("random", "popular"):
        cut += [question for question in questions if question["category"] == split][:90]
        write(f"pope/coco_pope_{split}.json", jsonl(lines(folder / f"coco_pope_{split}.json")[:90]))
    write("pope/questions.jsonl", jsonl(cut))
    write("pope/answers.jsonl", jsonl(answers[question["question_id"]] for question in cut))
    expected = {}
    for split in ("random", "popular"):
        labels = [annotation["label"] == "yes" for annotation in lines(out / f"pope/coco_pope_{split}.json")]
        replies = [answers[question["question_id"]]["text"] for question in cut if question["category"] == split]
        words = [reply.split(".")[0].replace(",", "").split(" ") for reply in replies]
        said = [not {"No", "not", "no"} & set(each) for each in words]
        both = sum(a and b for a, b in zip(said, labels))
        precision, recall = both / sum(said), both / sum(labels)
        figures = {
            "accuracy": sum(a == b for a, b in zip(said, labels)) / len(labels),
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / (precision + recall),
            "yesRatio": sum(said) / len(said),
        }
        expected[split] = {name: round(100 * value, 2) for name, value in figures.items()}
    write("pope/expected.json", json.dumps(expected))


def captions():
    folder = data / "caption-metrics"
    references = json.loads((folder / "fakecap_1000_references.json").read_text())
    results = json.loads((folder / "captions_val2014_fakecap_results.json").read_text())[:60]
    references = {str(r["image_id"]): references[str(r["image_id"])] for r in results}
    # Captions that a tokenizer can trip over, beside those of COCO.
    hard = json.loads((out / "captions/hard.json").read_text()) if (out / "captions/hard.json").exists() else []
    write("captions/references.json", json.dumps(references, indent=0))
    write("captions/results.json", json.dumps(results, indent=0))
    tokenizer = PTBTokenizer()
    gts = tokenizer.tokenize({i: [{"caption": c} for c in cs] for i, cs in references.items()})
    res = tokenizer.tokenize({str(r["image_id"]): [{"caption": r["caption"]}] for r in results})
    expected = {
        "BLEU": Bleu(4).compute_score(gts, res, verbose=0)[0],
        "METEOR": Meteor().compute_score(gts, res)[0],
        "ROUGE_L": float(Rouge().compute_score(gts, res)[0]),
        "CIDEr": float(Cider().compute_score(gts, res)[0]),
        "tokens": gts,
        "hard": [
            [caption, tokenizer.tokenize({"0": [{"caption": caption}]})["0"][0]] for caption in hard
        ],
    }
    write("captions/expected.json", json.dumps(expected, indent=0))


for part in sys.argv[2:] or ["scienceqa", "llava_bench", "pope", "captions"]:
    globals()[part]()
