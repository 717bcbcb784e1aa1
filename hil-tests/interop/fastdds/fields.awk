# Reads the contract and writes what C++ cannot ask of a generated class: the names of its fields, and which structs are topics.
# The contract keeps one declaration a line (idl/README.md); a line that is not understood ends the build.
/^[ ]*\/\// || /^[ ]*$/ { next }
{ sub(/[ ]*\/\/.*/, "") }
/^[ ]*module / { scope = scope $2 "::"; next }
/^[ ]*enum .*\{.*\};/ || /^[ ]*enum .*\{$/ {
  match($0, /enum [A-Za-z0-9_]+/)
  enum = $0 !~ /\};/
  next
}
enum { if ($0 ~ /\};/) enum = 0; next }
/^[ ]*(@nested )?@final struct / {
  nested = $0 ~ /@nested/
  match($0, /struct [A-Za-z0-9_]+/)
  name = substr($0, RSTART + 7, RLENGTH - 7)
  printf "template <class V> void visit(V&& v, %s%s& x)\n{\n", scope, name
  if (!nested) topics = topics sprintf("  X(%s, %s%s)", name, scope, name) " \\\n"
  inside = 1
  next
}
inside && /^[ ]*\};/ { print "}\n"; inside = 0; next }
/^[ ]*\};/ { next }
inside && /;[ ]*$/ {
  line = $0
  sub(/[ ]*;[ ]*$/, "", line)
  sub(/\[[0-9]+\]$/, "", line)
  count = split(line, words, /[ ]+/)
  printf "  v(\"%s\", x.%s());\n", words[count], words[count]
  next
}
{ printf "fields.awk: line %d of the contract is not understood: %s\n", NR, $0 > "/dev/stderr"; failed = 1; exit 1 }
END { if (!failed) printf "#define TOPICS(X) \\\n%s\n", topics }
