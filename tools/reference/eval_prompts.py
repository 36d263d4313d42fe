"""ScienceQA prompts of the original LLaVA scripts for a few made-up problems:  python eval_prompts.py LLAVA_REPOSITORY"""
import json
import sys
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(sys.argv[1]) / "scripts"))
from convert_sqa_to_llava_base_prompt import build_prompt_chatbot, build_prompt_gpt4  # noqa: E402

base = {"image": None, "grade": "grade4", "subject": "natural science", "lecture": "", "solution": "", "hint": ""}
problems = {
    "1": {**base, "question": "Which is  farthest north?", "choices": ["Ohio", "Maine"], "answer": 1, "image": "image.png",
          "hint": "Look at the map.", "lecture": "Maps have\nlegends.  See them.", "solution": "Maine is north."},
    "2": {**base, "question": "What is the Question: of this Answer: text?", "choices": ["a", "b", "c", "d", "e"], "answer": 4,
          "solution": "Answer: it says so."},
    "3": {**base, "question": " Is it so? ", "choices": ["yes"], "answer": 0, "lecture": "It is.\n"},
    "4": {**base, "question": "Nothing to say?", "choices": ["x", "y", "z"], "answer": 2, "image": "choice.png"},
}
inputs = ["CQM", "QCM", "QCML", "QCME", "QCMLE", "QCLM", "QCEM", "QCLEM"]
outputs = ["A", "AL", "AE", "ALE", "AEL", "LA", "EA", "LEA", "ELA", "LEPA"]
examples = {}
for name in [f"{i}-{o}" for i in inputs for o in outputs]:
    built = build_prompt_chatbot(problems, list(problems), name, use_caption=False, is_test=False)
    examples[name] = {}
    for key, (given, answer) in built.items():
        # As convert_sqa_to_llava.py goes on.
        if given.startswith("Question: "):
            given = given.replace("Question: ", "")
        if answer.startswith("Answer: "):
            answer = answer.replace("Answer: ", "")
        examples[name][key] = [given, answer]
options = SimpleNamespace(use_caption=False, options=["A", "B", "C", "D", "E"], prompt_format="QCM-ALE")
chat = build_prompt_gpt4(problems, ["1", "2"], "3", options)
out = Path(__file__).parents[2] / "tests/fixtures/eval/scienceqa/prompts.json"
out.write_text(json.dumps({"problems": problems, "examples": examples, "chat": chat}, indent=0))
