"""Checks of baseline.py: python3 -m unittest test_baseline"""

import unittest

import torch

import baseline


class BaselineTest(unittest.TestCase):
    def test_features_are_words_pairs_and_characters_each_once(self):
        self.assertEqual(baseline.features("Fan on"), baseline.features(" fan  ON ".replace("  ", " ")))
        # Words fan, on; their pair; of " fan on " 6 pairs ("n " occurs twice), 6 triples and 5 quadruples of characters.
        self.assertEqual(len(baseline.features("fan on")), 3 + 6 + 6 + 5)
        self.assertEqual(len(baseline.features("la la la")), len(set(baseline.features("la la la"))))

    def test_chinese_characters_are_words(self):
        one, other = set(baseline.features("空调")), set(baseline.features("调空"))
        # The two single characters, and nothing else but " 空"/" 调" style grams of the ends, which differ.
        self.assertEqual(len(one & other), 2)

    def test_trained_bag_tells_its_own_lines_apart(self):
        torch.manual_seed(1)
        texts = ["warmer please", "a bit warmer", "take me home", "drive me home"]
        rows = [baseline.features(t) for t in texts]
        model = baseline.train(rows, [0, 0, 1, 1], 2, epochs=20, rate=0.3, seed=1)
        self.assertEqual(model(rows).argmax(1).tolist(), [0, 0, 1, 1])
        self.assertEqual(model([baseline.features("warmer"), baseline.features("home")]).argmax(1).tolist(), [0, 1])


if __name__ == "__main__":
    unittest.main()
