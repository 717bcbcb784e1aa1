"""Checks of the trainer: `python3 -m unittest` in this folder. About ten seconds; no data folder needed."""

import json
import random
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import torch

import dialect
import evaluate
import lines as data
import model as qwen
import tokenizer as bpe
import train as training
import unpack

CATALOGUE = dialect.Catalogue(
    Path(__file__).resolve().parents[2] / "ecu-service" / "EcuAgent.Core" / "Catalogue" / "catalogue.json")
TEXTS = ["take me to golden dragon please", "turn the heating on, it's cold", "set it to 22.5 degrees", "Fahr zum Café Zoë",
         "导航去北京西站", "打开空调，温度调到二十度", "带我去KFC店", "naïve (but true) \u00e9\u0301 🙂"] * 3
SMALL = qwen.Config(vocab_size=1024, hidden_size=64, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
                    head_dim=16, intermediate_size=96)


def calls_of(*calls):
    return [{"name": name, "arguments": given} for name, given in calls]


def line(utterance, *calls, lang="en", before=None):
    return data.Line(lang, "parked", "driver", utterance, calls_of(*calls), "", before)


class TokenizerTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tokenizer = bpe.Tokenizer(bpe.train(TEXTS, CATALOGUE, 1024))

    def test_any_text_round_trips(self):
        source = random.Random(3)
        alphabet = "ab Zé导航西 \n\t\"'\\.,09🙂{}:<|>"
        for _ in range(500):
            text = "".join(source.choice(alphabet) for _ in range(source.randrange(20)))
            self.assertEqual(text, self.tokenizer.decode(self.tokenizer.encode(text)))

    def test_copied_value_has_the_tokens_of_the_prompt(self):
        for utterance, value in (("please take me to golden dragon now", "golden dragon"), ("导航去北京西站吧", "北京西站"),
                                 ("带我去KFC店", "KFC店"), ("golden dragon please", "golden dragon"), ("去 北京西站", "北京西站")):
            item = line(utterance, ("navigate_to", {"destination": value}))
            prompt, answer = data.encode(item, CATALOGUE, self.tokenizer)
            quote = self.tokenizer.vocab['"']
            copied = answer[answer.index(quote) + 1:-3]
            self.assertEqual(quote, answer[-3])
            self.assertTrue(any(prompt[at:at + len(copied)] == copied for at in range(len(prompt))), utterance)

    def test_spoken_control_text_stays_words(self):
        item = line('set it to "home" <|im_end|>', ("chat", {"topic": "other"}))
        prompt, _ = data.encode(item, CATALOGUE, self.tokenizer)
        self.assertEqual(1, prompt.count(self.tokenizer.added["<|im_end|>"]))
        self.assertNotIn(self.tokenizer.added['"home"'], prompt)

    def test_structure_is_one_token_each(self):
        item = line("warmer", ("adjust_temperature", {"direction": "warmer", "zone": "driver"}))
        prompt, answer = data.encode(item, CATALOGUE, self.tokenizer)
        self.assertEqual(7, len(answer))
        self.assertEqual(["<|im_start|>", "user", "\n", "[car: parked; ", "speaker: driver]", "\n"],
                         [self.tokenizer.decode([token]) for token in prompt[:6]])

    def test_chinese_characters_are_one_token_each(self):
        self.assertEqual(7, len(self.tokenizer.encode("导航去北京西站")))


class HistoryTests(unittest.TestCase):
    """The exchange before: what `adapters/Qwen` must build, character by character."""

    FIRST = ("take me to golden dragon", calls_of(("navigate_to", {"destination": "golden dragon"})))

    def test_prompt_holds_the_exchange_before_and_only_the_last_answer_is_learned(self):
        tokenizer = bpe.Tokenizer(bpe.train(TEXTS, CATALOGUE, 1024))
        prompt, answer = data.encode(line("cancel that", ("cancel_navigation", {}), before=self.FIRST), CATALOGUE, tokenizer)
        self.assertEqual(
            "<|im_start|>user\n[car: parked; speaker: driver]\n take me to golden dragon<|im_end|>\n"
            '<|im_start|>assistant\n<tool_call>\n{"name": "navigate_to", "arguments": {"destination": " golden dragon"}}\n</tool_call><|im_end|>\n'
            "<|im_start|>user\n[car: parked; speaker: driver]\n cancel that<|im_end|>\n<|im_start|>assistant\n", tokenizer.decode(prompt))
        self.assertEqual('<tool_call>\n{"name": "cancel_navigation", "arguments": {}}\n</tool_call><|im_end|>', tokenizer.decode(answer))

    def test_value_is_copied_from_the_present_utterance_first_and_else_from_the_one_before(self):
        self.assertIn("golden dragon", dialect.render_answer(
            CATALOGUE, "a table there", calls_of(("book_table", {"restaurant": "golden dragon"})), self.FIRST[0]))
        with self.assertRaisesRegex(dialect.CallError, "golden dragon"):
            dialect.render_answer(CATALOGUE, "a table there", calls_of(("book_table", {"restaurant": "golden dragon"})))

    def test_copy_rule_allows_both_utterances_and_no_span_over_both(self):
        tokenizer = bpe.Tokenizer(bpe.train(TEXTS, CATALOGUE, 1024))
        prompt, _ = data.encode(line("no the mill", ("navigate_to", {"destination": "the mill"}), before=self.FIRST), CATALOGUE, tokenizer)
        source, quote, values = random.Random(4), tokenizer.vocab['"'], set()
        for _ in range(400):
            rule, value = evaluate.CopyRule(tokenizer, prompt), []
            rule.take(quote)
            while (token := source.choice(sorted(rule.allowed()))) != quote:
                rule.take(token)
                value.append(token)
            values.add(tokenizer.decode(value).strip())
        self.assertLessEqual({"the mill", "golden dragon"}, values)
        for value in values - {""}:
            self.assertGreaterEqual(max(dialect.find_copied("no the mill", value), dialect.find_copied(self.FIRST[0], value)), 0, value)

    def test_noise_puts_unrelated_exchanges_before_and_keeps_the_answer(self):
        tokenizer = bpe.Tokenizer(bpe.train(TEXTS, CATALOGUE, 1024))
        pool = [line("Take me to Golden Dragon", ("navigate_to", {"destination": "Golden Dragon"}))]
        noise = data.Noise(CATALOGUE, random.Random(5), pool, 0.5)
        item = line("Find Mill Inn.", ("search_places", {"query": "Mill Inn"}))
        noisy = [noise(item) for _ in range(200)]
        self.assertTrue(60 < sum(one.before is not None for one in noisy) < 140)
        for one in noisy:
            data.encode(one, CATALOGUE, tokenizer)
            self.assertEqual("mill inn", one.calls[0]["arguments"]["query"].lower())


    def test_sentences_vary_in_names_fillers_and_joints_and_stay_true(self):
        tokenizer = bpe.Tokenizer(bpe.train(TEXTS, CATALOGUE, 1024))
        pool = [replace(one, source=data.SENTENCES_SOURCE) for one in (
            line("Take me to Golden Dragon", ("navigate_to", {"destination": "Golden Dragon"})), line("too warm", ("adjust_temperature", {"direction": "cooler"})),
            line("drop me at the mill", ("navigate_to", {"destination": "the mill"})),
            line("table at The Mill and drive there", ("book_table", {"restaurant": "The Mill"}), ("navigate_to", {"destination": "The Mill"})))]
        noise = data.Noise(CATALOGUE, random.Random(6), pool, 0.1)
        seen = set()
        for _ in range(600):
            for item in pool:
                noisy = noise(item)
                data.encode(noisy, CATALOGUE, tokenizer)
                seen.add(noisy.utterance.lower())
        self.assertIn("take me to the mill", seen)
        self.assertTrue(any(text.startswith("um ") for text in seen))
        self.assertTrue(any("too warm" in text and "golden dragon" in text for text in seen))


class WarmStartTests(unittest.TestCase):
    def test_extended_tokenizer_and_old_weights_give_the_old_logits(self):
        document = bpe.train(TEXTS, CATALOGUE, 1024)
        tail = document["added_tokens"].pop()["content"]
        smaller, extended = bpe.Tokenizer(document), bpe.Tokenizer(bpe.extend(document, CATALOGUE))
        self.assertEqual(smaller.size, extended.added[tail])
        torch.manual_seed(1)
        old = qwen.Qwen3(SMALL).eval()
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "source.json").write_text(json.dumps(document))
            qwen.save_folder(old, folder / "source.json", folder / "hf", 1, 0)
            new = training.warm(folder / "hf", extended, 1056, 0.1).eval()
        ids = torch.tensor([smaller.encode_plain("take me to golden dragon")])
        self.assertEqual(ids[0].tolist(), extended.encode_plain("take me to golden dragon"))
        torch.testing.assert_close(new.logits(new.hidden(ids))[..., :smaller.size], old.logits(old.hidden(ids))[..., :smaller.size])
        pieces = smaller.encode_plain(tail)
        torch.testing.assert_close(new.embedding.weight[extended.added[tail]], old.embedding.weight[pieces].mean(0))


class UnpackTests(unittest.TestCase):
    PACKAGE = Path(__file__).resolve().parents[2] / "adapters" / "Qwen" / "model"

    def test_bundled_package_read_back_still_answers(self):
        with tempfile.TemporaryDirectory() as folder:
            unpack.unpack(self.PACKAGE, Path(folder))
            model = qwen.from_hugging_face(Path(folder)).eval()
            tokenizer = bpe.Tokenizer.load(Path(folder) / "tokenizer.json")
        items = [line("set the temperature to 21 degrees", ("set_temperature", {"degrees": 21})),
                 line("导航到北京西站", ("navigate_to", {"destination": "北京西站"}), lang="zh")]
        prompts = [data.encode(item, CATALOGUE, tokenizer)[0] for item in items]
        result = evaluate.score(items, evaluate.decode(model, tokenizer, prompts, torch.device("cpu")), CATALOGUE)
        self.assertEqual(1, result["all"]["exact_call"])

    def test_other_bits_are_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "manifest.json").write_text('{"weightBits": 4, "bytesByBits": {"4": 1, "32": 1}}')
            with self.assertRaisesRegex(SystemExit, "only 8"):
                unpack.unpack(Path(folder), Path(folder) / "out")


class CopyRuleTests(unittest.TestCase):
    def test_only_whole_words_of_the_utterance_can_be_copied(self):
        tokenizer = bpe.Tokenizer(bpe.train(TEXTS, CATALOGUE, 1024))
        source = random.Random(9)
        prompt, _ = data.encode(line("go to the grand oak, KFC店 22", ("chat", {"topic": "other"})), CATALOGUE, tokenizer)
        quote, values = tokenizer.vocab['"'], set()
        for _ in range(400):
            rule, value = evaluate.CopyRule(tokenizer, prompt), []
            self.assertIsNone(rule.allowed())
            rule.take(quote)
            while True:
                token = source.choice(sorted(rule.allowed()))
                rule.take(token)
                if token == quote:
                    break
                value.append(token)
            self.assertIsNone(rule.allowed())
            values.add(tokenizer.decode(value).strip())
        self.assertLessEqual({"grand oak", "KFC", "店", "22"}, values)
        for value in values - {""}:
            self.assertGreaterEqual(dialect.find_copied("go to the grand oak, KFC店 22", value), 0, value)


class DialectTests(unittest.TestCase):
    def test_answer_parses_back_to_its_calls(self):
        calls = [{"name": "set_temperature", "arguments": {"degrees": 21.5, "zone": "rear_left"}},
                 {"name": "navigate_to", "arguments": {"destination": "the mill"}}]
        text = dialect.render_answer(CATALOGUE, "21.5 in the back and go to the mill", calls)
        text = text.replace(dialect.SAID, "")
        self.assertIn('{"destination": " the mill"}', text)
        self.assertEqual(calls, dialect.parse_answer(text[:-len(dialect.END)]))

    def test_value_is_matched_at_word_boundaries_only(self):
        self.assertEqual(7, dialect.find_copied("artist art", "art"))
        self.assertEqual(-1, dialect.find_copied("chai lattes", "latte"))
        self.assertEqual(1, dialect.find_copied("去北京", "北京"))

    def test_wrong_calls_are_refused_by_name(self):
        for call, told in (({"name": "fly", "arguments": {}}, "fly"),
                           ({"name": "set_fan", "arguments": {"level": 9}}, "set_fan.level: 9"),
                           ({"name": "set_fan", "arguments": {"speed": 1}}, "speed"),
                           ({"name": "navigate_to", "arguments": {"destination": "Rome"}}, "Rome")):
            with self.assertRaisesRegex(dialect.CallError, told):
                dialect.render_call(CATALOGUE, "go to Paris", call)


class ModelTests(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(0)
        self.model = qwen.Qwen3(SMALL).eval()
        self.ids = torch.randint(0, SMALL.vocab_size, (3, 12))

    def test_hand_written_gradients_are_right(self):
        x = torch.randn(2, 3, 8, dtype=torch.double, requires_grad=True)
        weight = torch.randn(3, 8, dtype=torch.double, requires_grad=True)
        self.assertTrue(torch.autograd.gradcheck(lambda a, b: qwen._RmsNorm.apply(a, b, 1e-6), (x, weight)))
        self.assertTrue(torch.autograd.gradcheck(qwen._SwiGlu.apply, (x,)))

    def test_cache_and_kept_rows_give_the_logits_of_the_whole(self):
        whole = self.model.logits(self.model.hidden(self.ids))
        logits, past = self.model.step(self.ids[:, :9], None)
        torch.testing.assert_close(logits, whole[:, 8])
        for at in range(9, 12):
            logits, past = self.model.step(self.ids[:, at:at + 1], past)
            torch.testing.assert_close(logits, whole[:, at])
        keep = torch.tensor([4, 30])
        torch.testing.assert_close(self.model.logits(self.model.hidden(self.ids, keep)), whole.view(36, -1)[keep])

    def test_later_tokens_do_not_change_earlier_logits(self):
        changed = self.ids.clone()
        changed[:, 8:] = 0
        torch.testing.assert_close(self.model.hidden(changed)[:, :8], self.model.hidden(self.ids)[:, :8])

    def test_folder_gives_the_same_model_back(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "source.json").write_text("{}")
            qwen.save_folder(self.model, folder / "source.json", folder / "hf", 1, 0)
            again = qwen.from_hugging_face(folder / "hf").eval()
        torch.testing.assert_close(again.hidden(self.ids), self.model.hidden(self.ids), rtol=0, atol=0)


class BatchTests(unittest.TestCase):
    def test_labels_are_the_answer_tokens_and_every_line_is_used_once(self):
        tokenizer = bpe.Tokenizer(bpe.train(TEXTS, CATALOGUE, 1024))
        items = [line("warmer " * count, ("adjust_temperature", {"direction": "warmer"})) for count in range(1, 20)]
        encoded = [(item, data.encode(item, CATALOGUE, tokenizer)) for item in items]
        seen = []
        for batch in data.batches(encoded, 200, 0, random.Random(1)):
            self.assertLessEqual(batch.ids.numel(), 200)
            seen += [item.utterance for item in batch.lines]
            at = 0
            for row, item in enumerate(batch.lines):
                prompt, answer = data.encode(item, CATALOGUE, tokenizer)
                self.assertEqual(answer, batch.labels[at:at + len(answer)].tolist())
                self.assertEqual(row * batch.ids.shape[1] + len(prompt) - 1, batch.keep[at].item())
                at += len(answer)
        self.assertEqual(sorted(item.utterance for item in items), sorted(seen))

    def test_noise_keeps_the_answer_copied_from_the_text(self):
        tokenizer = bpe.Tokenizer(bpe.train(TEXTS, CATALOGUE, 1024))
        noise = data.Noise(CATALOGUE, random.Random(5))
        item = line("Take me to Golden Dragon Inc.", ("navigate_to", {"destination": "Golden Dragon Inc."}))
        for _ in range(200):
            data.encode(noise(item), CATALOGUE, tokenizer)


if __name__ == "__main__":
    unittest.main()
