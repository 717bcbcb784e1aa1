"""Checks of the data's own programs: `python3 -m unittest` in this folder; no data folder needed."""

import os
import random
import tempfile
import unittest

import sentences
from checker import Catalogue
from generate import Generator

CATALOGUE = Catalogue()


class SentenceTests(unittest.TestCase):
    def read(self, text, name="en-x.txt"):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
            return sentences.read(CATALOGUE, path)

    def test_calls_arguments_speaker_and_comments_are_read(self):
        lines = self.read('# c\n\nheat my seat and go to Bob\'s Mill ~set_seat_heating  zone=driver level=2;navigate_to destination="Bob\'s Mill" @passenger\n')
        self.assertEqual([{"lang": "en", "speaker": "passenger", "utterance": "heat my seat and go to Bob's Mill", "calls": [
            {"name": "set_seat_heating", "arguments": {"level": 2, "zone": "driver"}}, {"name": "navigate_to", "arguments": {"destination": "Bob's Mill"}}]}], lines)

    def test_exchange_before_is_read_and_may_be_copied_from(self):
        line = self.read("去金龙酒店 ~ navigate_to destination=金龙酒店 || 订那里 ~ book_hotel place=金龙酒店\n", "zh-x.txt")[0]
        self.assertEqual({"utterance": "去金龙酒店", "calls": [{"name": "navigate_to", "arguments": {"destination": "金龙酒店"}}]}, line["before"])
        self.assertEqual({"place": "金龙酒店"}, line["calls"][0]["arguments"])

    def test_wrong_lines_are_refused_by_file_line_tool_property_and_value(self):
        for text, told in (("x ~ fly", "en-x.txt:1: unknown tool 'fly'"), ("# c\nx ~ set_fan level=9", "en-x.txt:2: set_fan: level=9"),
                           ("x ~ set_fan speed=1", "set_fan: no property 'speed'.*'1'"), ("x ~ set_airflow direction=up", "set_airflow.direction: 'up'"),
                           ("go home ~ navigate_to destination=\"go ho\"", "navigate_to.destination: 'go ho'"), ("x set_fan", "expected"),
                           ("x ~ set_fan", "required level"), ("x ~ ", "0 calls")):
            with self.assertRaisesRegex(sentences.SentenceError, told):
                self.read(text + "\n")

    def test_committed_sentences_are_valid(self):
        for line in sentences.read_all(CATALOGUE):
            self.assertIsNone(CATALOGUE.problem({"car": "parked", "speaker": "driver", **line}))


class FollowUpTests(unittest.TestCase):
    def test_second_requests_are_valid_and_differ_from_the_first(self):
        for lang in ("en", "zh"):
            generator, tools = Generator(CATALOGUE, lang, random.Random(2)), set()
            for _ in range(1500):
                if (x := generator.exchange("driver")) is None:
                    continue
                line = {"lang": lang, "car": "parked", "speaker": "driver", "utterance": x[2], "calls": x[3], "before": {"utterance": x[0], "calls": x[1]}}
                self.assertIsNone(CATALOGUE.problem(line), line)
                tools.add(x[3][0]["name"])
            self.assertGreater(len(tools), 15)


if __name__ == "__main__":
    unittest.main()
