"""Checks of prior.py: python3 -m unittest test_prior"""

import base64
import hashlib
import json
import os
import tempfile
import unittest

import numpy as np

import prior

VECTORS = os.path.join(prior.HERE, "..", "..", "hil-tests", "unit", "EcuAgent.Qwen.Tests", "Priors", "prior-vectors.json")


def line(utterance, name, **arguments):
    return {"utterance": utterance, "calls": [{"name": name, "arguments": arguments}], "source": "test"}


class PriorTest(unittest.TestCase):
    def test_vectors_that_the_runtime_is_held_to(self):
        with open(VECTORS, encoding="utf-8") as f:
            vectors = json.load(f)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "prior.bin")
            with open(path, "wb") as f:
                f.write(base64.b64decode(vectors["prior"]))
            read = prior.Prior.read(path)
            read.write(path + "2")
            with open(path, "rb") as one, open(path + "2", "rb") as two:
                self.assertEqual(one.read(), two.read())
        self.assertEqual(read.tools, vectors["tools"])
        for vector in vectors["vectors"]:
            self.assertEqual(prior.buckets(vector["text"], prior.Settings()).tolist(), vector["buckets16"])
            bias = read.bias(vector["text"])
            self.assertEqual(bias is None, vector["bias"] is None)
            if bias is not None:
                np.testing.assert_allclose(bias, vector["bias"], atol=1e-4)

    def test_case_signs_and_spaces_do_not_count(self):
        s = prior.Settings()
        self.assertEqual(prior.buckets("Fan  ON, please!", s).tolist(), prior.buckets("fan on please", s).tolist())
        self.assertNotEqual(prior.buckets("空调", s).tolist(), prior.buckets("调空", s).tolist())
        self.assertEqual(len(prior.buckets("?! …。", s)), 0)

    def test_trained_prior_tells_its_own_lines_apart_and_counts_a_tool_once(self):
        lines = [line("warmer please", "set_fan"), line("tell me a joke", "refuse", reason="out_of_scope"),
                 line("switch off the brakes", "refuse", reason="unsafe"), line("drive me home", "navigate_to")] * 20
        tools = ["set_fan", "refuse", "navigate_to"]
        found = prior.fit(lines, tools, prior.Settings(bits=10), 8, 6, 0.15, 1)
        self.assertEqual([tools[found.log_probabilities(x["utterance"]).argmax()] for x in lines[:4]], [x["calls"][0]["name"] for x in lines[:4]])
        self.assertEqual(len(found.class_bias), 4)
        self.assertAlmostEqual(float(np.exp(found.log_probabilities("hello there")).sum()), 1, places=4)

    def test_weight_is_the_one_that_repairs(self):
        # The model is wrong by one logit where the prior is right by two, so that a little more than a half is needed.
        labels = np.array([0, 1] * 50)
        logits, found = np.zeros((100, 2)), np.zeros((100, 2))
        logits[np.arange(100), 1 - labels] = 1
        found[np.arange(100), labels] = 2
        self.assertGreater(prior.best_weight(logits, found, labels, ["a", "b"]), 0.5)
        self.assertEqual(prior.best_weight(-logits, -found, labels, ["a", "b"]), 0)

    def test_add_names_the_file_in_the_manifest(self):
        with tempfile.TemporaryDirectory() as folder:
            path, manifest = os.path.join(folder, "x.bin"), os.path.join(folder, "manifest.json")
            with open(path, "wb") as f:
                f.write(b"abc")
            with open(manifest, "w", encoding="utf-8") as f:
                json.dump({"name": "x", "files": {"model.onnx": "1", "tokenizer.json": "2"}}, f)
            prior.add(path, folder)
            with open(manifest, encoding="utf-8") as f:
                self.assertEqual(json.load(f)["files"], {"model.onnx": "1", "prior.bin": hashlib.sha256(b"abc").hexdigest(), "tokenizer.json": "2"})


if __name__ == "__main__":
    unittest.main()
