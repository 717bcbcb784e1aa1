// Reads lines {"schema": name, "body": value}; writes for each line "ok" or what the SDK's schema has against it.
const sdk = require("@ucp-js/sdk");
const lines = require("fs").readFileSync(0, "utf8").split("\n").filter((line) => line.length > 0);
for (const line of lines) {
  const { schema, body } = JSON.parse(line);
  const result = sdk[schema].safeParse(body);
  const faults = result.success ? [] : result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  process.stdout.write((faults.length === 0 ? "ok" : faults.join("; ")) + "\n");
}
