# fastddsgen 2.3.0 of Debian 12 writes an array of bounded strings but forgets to read it: whatever follows is then read from the wrong
# place. Puts the reading where the writing stands: behind the member before it, which has to be a number.
/::serialize\(/ { reading = 0; writing = 1; count = 0; split("", after) }
/::deserialize\(/ { writing = 0; reading = 1 }
writing && /scdr << / { before = $0; sub(/.*scdr << (\(uint32_t\))?/, "", before); sub(/;.*/, "", before) }
writing && /for \(const auto& str : m_/ { member = $0; sub(/.*: /, "", member); sub(/\).*/, "", member); after[before] = member; wanted++ }
{ print }
reading && /dcdr >> m_/ {
  member = $0
  sub(/.*dcdr >> /, "", member)
  sub(/;.*/, "", member)
  if (member in after)
  {
    printf "    for (auto& str : %s)\n    {\n        std::string aux;\n        dcdr >> aux;\n        str = aux.c_str();\n    }\n", after[member]
    done++
  }
}
END { if (done != wanted) { print "arrays.awk: " done + 0 " of " wanted + 0 " arrays of strings could be mended" > "/dev/stderr"; exit 1 } }
