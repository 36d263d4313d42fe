"""Small tokenizers with the ids that Hugging Face tokenizers and SentencePiece give.

pip install tokenizers==0.23.3 sentencepiece==0.2.3 tiktoken==0.14.0
python tools/reference/tokenizer_cases.py tests/fixtures/tokenizers
"""
import io
import json
import random
import sys
from pathlib import Path

import sentencepiece
import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

OUT = Path(sys.argv[1])
CORPUS = [
    "A man irons clothes on the back of a yellow taxi, in the middle of a busy street.",
    "Where is the red ball? The red ball is left of the blue box; the box isn't empty.",
    "In 2023 there were 42,000.5 images, 128 tokens and 7 apples. I'll say it's fine, we've seen 'em.",
    "Ein Café in Zürich kostet 12 Franken. Où est l'élève? ¿Dónde está el niño?",
    "東京は日本の首都です。 我想在苹果店。 Привет, мир! Съешь ещё этих мягких булок.",
    "def f(x):\n    return x * x\n\n\tif True:\r\n        pass\n   \n",
    "<html>  two  spaces   three    four</html> 🙂 🚀🚀 e\u0301 \ufb01n ½ ² ٣٤ ",
] * 4
EDGES = [
    "", " ", "  ", "   ", "\t", "\n", "\n\n", "\r\n \r\n", " Hello", "Hello ", "  Hello  world  ",
    "I'll you'RE 'Tis won't", "12345 1 22 333 ²³ ½ ٣٤ 3.14", "🦙.cpp 😶‍🌫️ 👩‍👩‍👧 e\u0301 \ufb01 \uff5e \u212b",
    "\u00a0\u3000\u2028\u0085\ufeffx\u200b", "▁lower▁one ▁▁", "<s>hello</s> world<image>\nWhat?", "<image><image>  <pad>x",
    "a <mask> b<mask>c  <mask>", "word wordy sword word", "\n\t  42,000.5", "x" * 300, "<0x41> <unk>", "ÀÉÎ straße İI ΟΔΟΣ",
    "a\u0000b\u001fc", "한국어 텍스트 ភាសាខ្មែរ עברית العربية हिन्दी",
]


def texts(seed, without=()):
    dice = random.Random(seed)
    alphabet = [" ", " ", "  ", "\n", "\t", "\r\n", "'s", "'LL", ".", ",", "!?", "-", "a", "the", "Ball", "é", "e\u0301",
                "東", "京", "Привет", "🙂", "👩‍👧", "7", "42", "000", "½", "\u00a0", "\ufeff", "<s>", "</s>", "<image>",
                "▁", "ß", "\u0085", "İ", "_", "word", "<mask>"]
    alphabet = [part for part in alphabet if part not in without]
    return EDGES + CORPUS[:7] + ["".join(dice.choices(alphabet, k=dice.randint(1, 30))) for _ in range(60)]


def write(name, tokenizer, seed=1):
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    cases = []
    for text in texts(seed):
        ids = tokenizer.encode(text).ids
        bare = tokenizer.encode(text, add_special_tokens=False).ids
        cases.append({"text": text, "ids": ids, "bare": bare, "decoded": tokenizer.decode(bare, skip_special_tokens=True)})
    what = f"Hugging Face tokenizers {tokenizers.__version__}"
    (folder / "cases.json").write_text(json.dumps({"what": what, "cases": cases}, ensure_ascii=False, indent=0) + "\n")


def special(*names):
    return [AddedToken(name, special=True, normalized=False) for name in names]


def byte_level(name, pre, **model):
    tokenizer = Tokenizer(models.BPE(**model))
    tokenizer.pre_tokenizer = pre
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=600, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
                                  special_tokens=["<s>", "</s>"], show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)
    return tokenizer


llama3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
          r"|\s+(?!\S)|\s+")
gpt2 = byte_level("gpt2", pre_tokenizers.ByteLevel(add_prefix_space=False))
gpt2.add_special_tokens(special("<image>"))
gpt2.add_tokens([AddedToken("<mask>", lstrip=True, rstrip=True, normalized=False), AddedToken("word", single_word=True)])
write("byte-level-gpt2", gpt2)

prefixed = byte_level("prefixed", pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True),
                                                          pre_tokenizers.ByteLevel(add_prefix_space=True)]))
prefixed.normalizer = normalizers.NFC()
prefixed.post_processor = processors.RobertaProcessing(("</s>", 1), ("<s>", 0))
write("byte-level-digits", prefixed)

split = byte_level("llama3", pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(llama3), "isolated"),
                                                      pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]),
                   ignore_merges=True)
split.post_processor = processors.Sequence([processors.ByteLevel(trim_offsets=False),
                                            processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 0)])])
write("byte-level-llama3", split)


def llama_bpe(**model):
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True, **model))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(split=True)
    names = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
    trainer = trainers.BpeTrainer(vocab_size=700, special_tokens=names, show_progress=False, limit_alphabet=90)
    tokenizer.train_from_iterator(CORPUS, trainer)
    state = json.loads(tokenizer.to_str())
    state["added_tokens"] = [token for token in state["added_tokens"] if token["id"] < 3]
    tokenizer = Tokenizer.from_str(json.dumps(state))
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
                                           decoders.Strip(" ", 1, 0)])
    tokenizer.add_special_tokens(special("<image>", "<pad>"))
    return tokenizer


legacy = llama_bpe()
legacy.pre_tokenizer = None
write("llama-legacy", legacy)
first = llama_bpe()
first.normalizer = None
first.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
write("llama-first", first)
write("llama-metaspace-split", llama_bpe())

unigram = Tokenizer(models.Unigram())
unigram.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
unigram.pre_tokenizer = pre_tokenizers.Metaspace()
unigram.decoder = decoders.Metaspace()
unigram.train_from_iterator(CORPUS, trainers.UnigramTrainer(vocab_size=300, special_tokens=["<unk>", "<s>", "</s>"],
                                                           unk_token="<unk>", show_progress=False))
write("unigram", unigram)

word_piece = Tokenizer(models.WordPiece(unk_token="[UNK]"))
word_piece.normalizer = normalizers.BertNormalizer()
word_piece.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
word_piece.decoder = decoders.WordPiece(cleanup=False)
word_piece.train_from_iterator(CORPUS, trainers.WordPieceTrainer(vocab_size=300, special_tokens=["[UNK]", "[CLS]", "[SEP]"],
                                                                show_progress=False))
word_piece.post_processor = processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))
write("word-piece", word_piece)


def sentence_piece(name, **options):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(line for text in CORPUS for line in text.split("\n")),
                                             model_writer=model, minloglevel=2, hard_vocab_limit=False, **options)
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.model").write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    # Unigram cuts of "000" score alike but for the last bit of a float32 sum: no case depends on it.
    without = ("000",) if options["model_type"] == "unigram" else ()
    cases = [{"text": text, "bare": processor.encode(text)} for text in texts(2, without)]
    what = f"SentencePiece {sentencepiece.__version__}"
    (folder / "cases.json").write_text(json.dumps({"what": what, "cases": cases}, ensure_ascii=False, indent=0) + "\n")


sentence_piece("sentencepiece-bpe", model_type="bpe", vocab_size=600, byte_fallback=True, remove_extra_whitespaces=False,
               normalization_rule_name="identity", user_defined_symbols=["<image>", "<mask>"])
sentence_piece("sentencepiece-unigram", model_type="unigram", vocab_size=320, normalization_rule_name="nmt_nfkc",
               user_defined_symbols=["<image>"])
sentence_piece("sentencepiece-unigram-bytes", model_type="unigram", vocab_size=520, byte_fallback=True,
               normalization_rule_name="nmt_nfkc_cf", add_dummy_prefix=False)


def clip(name):
    """A small CLIP vocabulary: the 512 bytes, merges learned here, two special tokens; order as in simple_tokenizer.py."""
    alphabet = [character for _, character in sorted(byte_characters().items(), key=lambda entry: ord(entry[1]))]
    lower = [text.lower() for text in CORPUS]
    trained = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    pattern = Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+")
    words = pre_tokenizers.Sequence([pre_tokenizers.Split(pattern, "removed", invert=True),
                                     pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    trained.pre_tokenizer = words
    trainer = trainers.BpeTrainer(vocab_size=700, initial_alphabet=alphabet, end_of_word_suffix="</w>", show_progress=False)
    trained.train_from_iterator(lower, trainer)
    merges = [tuple(merge) for merge in json.loads(trained.to_str())["model"]["merges"]]
    start, end = "<|startoftext|>", "<|endoftext|>"
    names = alphabet + [character + "</w>" for character in alphabet] + ["".join(merge) for merge in merges] + [start, end]
    vocab = {name: i for i, name in enumerate(names)}

    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False) + "\n")
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{left} {right}\n" for left, right in merges))
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=merges, unk_token=end, end_of_word_suffix="</w>"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "),
                                                 normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(pattern, "removed", invert=True),
                                                       pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.post_processor = processors.RobertaProcessing((end, vocab[end]), (start, vocab[start]))
    tokenizer.add_special_tokens([start, end])
    cases = [{"text": text, "ids": tokenizer.encode(text).ids} for text in texts(3)]
    what = f"Hugging Face tokenizers {tokenizers.__version__}, set up as CLIPTokenizerFast"
    (folder / "cases.json").write_text(json.dumps({"what": what, "cases": cases}, ensure_ascii=False, indent=0) + "\n")


def byte_characters():
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {byte: chr(byte) for byte in printable} | {byte: chr(0x100 + i) for i, byte in enumerate(others)}


clip("clip")
